// An endpoint of a facade: a method and a path, how a request becomes an operation, how the answer is shown.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "adapters/http/reply.hpp"
#include "adapters/http/request.hpp"
#include "schemas/operation.hpp"
#include "schemas/outcome.hpp"

namespace parley::contract {

class Facade;

/// What an endpoint's body is; `any`: the facade looks for itself.
enum class BodyRule : std::uint8_t { none, json, any };
/// Whether an endpoint asks for the route's credentials.
enum class Access : std::uint8_t { open, credentials };
/// What the value of a query parameter is. `list`: it may come more than once.
enum class QueryValue : std::uint8_t { text, number, boolean, list };

/// A query parameter that an endpoint takes. Facades check requests by these tables, and the conformance suite shows that
/// each parameter has an effect.
struct QueryParameter {
  std::string_view name;
  QueryValue value = QueryValue::text;
  bool required = false;
  std::string_view ignored{};  ///< why it is taken without an effect; empty = it has one
};

using QueryParameters = std::span<const QueryParameter>;

/// How the answer to one request is to be shown: a value of a type that its endpoint chose, kept in place.
class Presentation {
 public:
  static constexpr std::size_t capacity = 576;

  Presentation() noexcept {}  // not defaulted: it leaves the bytes as they are
  ~Presentation() { clear(); }
  Presentation(const Presentation&) = delete;
  Presentation& operator=(const Presentation&) = delete;

  /// Makes a T by its default constructor, in place of what there was.
  template <class T>
  T& emplace() {
    static_assert(sizeof(T) <= capacity && alignof(T) <= alignof(std::max_align_t), "a presentation is too large");
    static_assert(std::is_class_v<T>, "a presentation has a default constructor");
    clear();
    T* const made = ::new (static_cast<void*>(bytes_)) T;  // without (): it would zero what T leaves as it is
    if constexpr (!std::is_trivially_destructible_v<T>) {
      destroy_ = [](void* bytes) noexcept { static_cast<T*>(bytes)->~T(); };
    }
    return *made;
  }
  /// The T that was made last; nothing else may be asked for.
  template <class T>
  [[nodiscard]] const T& get() const noexcept {
    return *std::launder(reinterpret_cast<const T*>(bytes_));
  }
  void clear() noexcept {
    if (destroy_ != nullptr) destroy_(bytes_);
    destroy_ = nullptr;
  }

 private:
  void (*destroy_)(void*) noexcept = nullptr;
  alignas(std::max_align_t) std::byte bytes_[capacity];
};

/// A request as its endpoint understood it.
struct Decoded {
  std::optional<Operation> operation;  ///< what to execute; nothing until it was decoded
  Presentation presentation;           ///< of the endpoint's own type
};

/// One row of a vendor's endpoint table. Made by `endpoint` or `own_answer`.
struct Endpoint {
  http::Method method = http::Method::get;  ///< GET also answers HEAD
  std::string_view pattern;                 ///< `/v4/livechat/agents/:id`; `:name` matches one non-empty segment
  BodyRule body = BodyRule::none;
  Access access = Access::open;
  QueryParameters query{};  ///< every parameter that this call looks at

  OperationKind operation{};
  /// Makes the operation of a request. `facade` is the one that the endpoint belongs to, here and below.
  Result<void> (*decode)(const Facade& facade, const http::Request& request, Decoded& decoded) = nullptr;
  /// Shows the answer to what was decoded: status, type, headers and body, and in `reply.losses` what it could not carry.
  Result<void> (*encode)(const Facade& facade, const Decoded& decoded, const Outcome& outcome,
                         http::Reply& reply) = nullptr;

  /// Where set, the facade answers by itself and no backend is asked: a login. There is no operation then.
  Result<void> (*answer)(const Facade& facade, const http::Request& request, http::Reply& reply) = nullptr;
  std::string_view answers{};  ///< with `answer`: what it does, as listings name it: `Login`

  /// The operation's name, or what the facade does by itself.
  [[nodiscard]] std::string_view what() const noexcept { return answer != nullptr ? answers : name_of(operation); }
};

namespace detail {

/// The parts of `Result<Op> decode(const F& facade, const http::Request& request[, Show& show])`.
template <class Function>
struct DecodeParts;
template <class Op, class F>
struct DecodeParts<Result<Op> (*)(const F&, const http::Request&)> {
  using Operation = Op;
  using Vendor = F;
  using Show = void;
};
template <class Op, class F, class S>
struct DecodeParts<Result<Op> (*)(const F&, const http::Request&, S&)> {
  using Operation = Op;
  using Vendor = F;
  using Show = S;
};

template <class Function>
struct AnswerParts;
template <class F>
struct AnswerParts<Result<void> (*)(const F&, const http::Request&, http::Reply&)> {
  using Vendor = F;
};

/// A backend's fault: it answered one operation as another.
[[nodiscard]] Error wrong_answer(std::string_view operation);

}  // namespace detail

/// The row for an operation, with how its requests are read and how its answers are shown:
///   Result<Op> decode(const F& facade, const http::Request& request[, Show& show]);
///   Result<void> encode(const F& facade[, const Show& show | const Op& operation], const Op::Answer& answer, http::Reply& reply);
/// F is the vendor's facade. `show` is made empty before `decode` fills it with what `encode` needs of the request. Without
/// `encode`, the facade has one way to show such an answer: `facade.show(answer, reply)`.
template <class Op, auto decode, auto encode = nullptr>
[[nodiscard]] constexpr Endpoint endpoint(Endpoint row) {
  using Parts = detail::DecodeParts<decltype(decode)>;
  using Vendor = typename Parts::Vendor;
  using Show = typename Parts::Show;
  using Answer = typename Op::Answer;
  static_assert(std::is_same_v<typename Parts::Operation, Op>,
                "an endpoint decodes another operation than its row says");
  row.operation = operation_kind<Op>;
  row.decode = [](const Facade& facade, const http::Request& request, Decoded& decoded) -> Result<void> {
    const auto& vendor = static_cast<const Vendor&>(facade);
    Result<Op> made = [&] {
      if constexpr (std::is_void_v<Show>) {
        return decode(vendor, request);
      } else {
        return decode(vendor, request, decoded.presentation.template emplace<Show>());
      }
    }();
    if (!made) return std::move(made).error();
    decoded.operation.emplace(std::in_place_type<Op>, *std::move(made));
    return {};
  };
  row.encode = [](const Facade& facade, const Decoded& decoded, const Outcome& outcome,
                  http::Reply& reply) -> Result<void> {
    const auto& vendor = static_cast<const Vendor&>(facade);
    const Answer* const answer = std::get_if<Answer>(&outcome);
    if (answer == nullptr) return detail::wrong_answer(Op::facts.name);
    if constexpr (std::is_null_pointer_v<decltype(encode)>) {
      return vendor.show(*answer, reply);
    } else if constexpr (std::invocable<decltype(encode), const Vendor&, const Answer&, http::Reply&>) {
      return encode(vendor, *answer, reply);
    } else if constexpr (std::invocable<decltype(encode), const Vendor&, const Op&, const Answer&, http::Reply&>) {
      return encode(vendor, *std::get_if<Op>(&*decoded.operation), *answer, reply);
    } else {
      static_assert(!std::is_void_v<Show>, "an endpoint's `encode` does not take the answer of its operation");
      return encode(vendor, decoded.presentation.template get<Show>(), *answer, reply);
    }
  };
  return row;
}

/// The row of a call that the facade answers by itself:
///   Result<void> answer(const F& facade, const http::Request& request, http::Reply& reply);
template <auto answer>
[[nodiscard]] constexpr Endpoint own_answer(std::string_view name, Endpoint row) {
  using Vendor = typename detail::AnswerParts<decltype(answer)>::Vendor;
  row.answer = [](const Facade& facade, const http::Request& request, http::Reply& reply) {
    return answer(static_cast<const Vendor&>(facade), request, reply);
  };
  row.answers = name;
  return row;
}

/// For the answers that a style has no document for.
template <class Answer, class... Others>
concept OneOf = (std::is_same_v<Answer, Others> || ...);

/// Shows an outcome of whatever type by `document`, a function object for every type of answer: what a facade has for a route
/// with `emit`. Does not compile where it has none for one.
template <class Document>
Result<void> encode_any(const Outcome& outcome, const Document& document) {
  return std::visit(
      [&document]<class Answer>(const Answer& answer) -> Result<void> {
        static_assert(std::invocable<const Document&, const Answer&>, "a facade has no document for a type of answer");
        return document(answer);
      },
      outcome);
}

}  // namespace parley::contract
