// An endpoint of a facade: a method, a path, how a request becomes an operation, and how the answer is shown.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "adapters/contract/receiver.hpp"
#include "adapters/http/reply.hpp"
#include "adapters/http/request.hpp"
#include "schemas/operation.hpp"
#include "schemas/outcome.hpp"

namespace parley::contract {

class Facade;

/// What an endpoint's body must be. `any`: the facade checks it itself. `stream`: the endpoint's Receiver takes it piece by piece.
enum class BodyRule : std::uint8_t { none, json, any, stream };
/// Whether an endpoint requires the route's credentials.
enum class Access : std::uint8_t { open, credentials };
/// The type of a query parameter's value. `list`: the parameter may come more than once.
enum class QueryValue : std::uint8_t { text, number, boolean, list };

/// A query parameter that an endpoint takes. Facades check requests by these tables; the conformance suite shows that
/// each parameter has an effect.
struct QueryParameter {
  std::string_view name;
  QueryValue value = QueryValue::text;
  bool required = false;
  std::string_view ignored{};  ///< why it is accepted without an effect; empty = it has an effect
};

using QueryParameters = std::span<const QueryParameter>;

/// How to show the answer to one request. Holds one value, in place, of a type that the endpoint chooses.
class Presentation {
 public:
  static constexpr std::size_t capacity = 576;

  Presentation() noexcept {}  // not `= default`, which could zero the bytes
  ~Presentation() { clear(); }
  Presentation(const Presentation&) = delete;
  Presentation& operator=(const Presentation&) = delete;

  /// Default-constructs a T in place of the previous value.
  template <class T>
  T& emplace() {
    static_assert(sizeof(T) <= capacity && alignof(T) <= alignof(std::max_align_t), "a presentation is too large");
    static_assert(std::is_class_v<T>, "a presentation has a default constructor");
    clear();
    T* const made = ::new (static_cast<void*>(bytes_)) T;  // no (): that would zero members without an initializer
    if constexpr (!std::is_trivially_destructible_v<T>) {
      destroy_ = [](void* bytes) noexcept { static_cast<T*>(bytes)->~T(); };
    }
    return *made;
  }
  /// The value that `emplace` made last. T must be its type.
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

/// A request after decoding.
struct Decoded {
  std::optional<Operation> operation;  ///< what to execute; empty until decoded
  Presentation presentation;           ///< a value of the endpoint's own type
};

/// One row of a vendor's endpoint table. Made by `endpoint` or `own_answer`.
struct Endpoint {
  http::Method method = http::Method::get;  ///< GET also answers HEAD
  std::string_view pattern;                 ///< `/v4/livechat/agents/:id`; `:name` matches one non-empty segment
  BodyRule body = BodyRule::none;
  Access access = Access::open;
  QueryParameters query{};  ///< every parameter that this call reads

  OperationKind operation{};
  /// Makes the operation of a request; nullptr if `receive` is set. Here and below, `facade` is the facade that the endpoint belongs to.
  Result<void> (*decode)(const Facade& facade, const http::Request& request, Decoded& decoded) = nullptr;
  /// Shows the answer: sets status, type, headers and body, and lists in `reply.losses` what it could not carry.
  Result<void> (*encode)(const Facade& facade, const Decoded& decoded, const Outcome& outcome,
                         http::Reply& reply) = nullptr;

  /// If set, the body has the rule `stream`. Begins to take it. Errors: what the head of the request says already.
  Result<std::unique_ptr<Receiver>> (*receive)(const Facade& facade, const http::Request& request) = nullptr;

  /// If set, the facade answers by itself, without operation and backend.
  Result<void> (*answer)(const Facade& facade, const http::Request& request, http::Reply& reply) = nullptr;
  /// With `answer`: the name that listings show. `Login`: a login, whose failures are counted.
  std::string_view answers{};

  /// The operation's name, or the name of what the facade does by itself.
  [[nodiscard]] std::string_view what() const noexcept { return answer != nullptr ? answers : name_of(operation); }
};

namespace detail {

/// The types in `Result<Op> decode(const F& facade, const http::Request& request[, Show& show])`.
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

/// The error for a backend that answered an operation with another operation's answer.
[[nodiscard]] Error wrong_answer(std::string_view operation);

/// Calls `encode` with the arguments that it takes. If it does not take a substitute, `vendor.show` shows that.
template <class Op, class Show, auto encode, class Vendor, class Answer>
Result<void> show(const Vendor& vendor, const Decoded& decoded, const Answer& answer, http::Reply& reply) {
  using Encode = decltype(encode);
  constexpr bool substitute = !std::is_same_v<Answer, typename Op::Answer>;
  if constexpr (std::is_null_pointer_v<Encode>) {
    return vendor.show(answer, reply);
  } else if constexpr (std::invocable<Encode, const Vendor&, const Answer&, http::Reply&>) {
    return encode(vendor, answer, reply);
  } else if constexpr (std::invocable<Encode, const Vendor&, const Op&, const Answer&, http::Reply&>) {
    return encode(vendor, *std::get_if<Op>(&*decoded.operation), answer, reply);
  } else if constexpr (std::invocable<Encode, const Vendor&, std::add_lvalue_reference_t<const Show>, const Answer&,
                                      http::Reply&>) {
    return encode(vendor, decoded.presentation.template get<Show>(), answer, reply);
  } else {
    static_assert(substitute, "an endpoint's `encode` does not take the answer of its operation");
    return vendor.show(answer, reply);
  }
}

}  // namespace detail

/// Makes the row of an operation from the functions that read its requests and show its answers:
///   Result<Op> decode(const F& facade, const http::Request& request[, Show& show]);
///   Result<void> encode(const F& facade[, const Show& show | const Op& operation], const Op::Answer& answer, http::Reply& reply);
/// F is the vendor's facade. `show` is default-constructed; `decode` puts into it what `encode` needs to know of the
/// request. Without `encode`, `facade.show(answer, reply)` shows the answer. If the operation has a `Substitute`,
/// `encode` may take that, too; otherwise `facade.show` shows it.
template <class Op, auto decode, auto encode = nullptr>
[[nodiscard]] constexpr Endpoint endpoint(Endpoint row) {
  using Parts = detail::DecodeParts<decltype(decode)>;
  using Vendor = typename Parts::Vendor;
  using Show = typename Parts::Show;
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
    if (const auto* answer = std::get_if<typename Op::Answer>(&outcome)) {
      return detail::show<Op, Show, encode>(vendor, decoded, *answer, reply);
    }
    if constexpr (parley::detail::HasSubstitute<Op>) {
      if (const auto* substitute = std::get_if<typename Op::Substitute>(&outcome)) {
        return detail::show<Op, Show, encode>(vendor, decoded, *substitute, reply);
      }
    }
    return detail::wrong_answer(Op::facts.name);
  };
  return row;
}

/// Makes the row of an operation whose body is taken piece by piece:
///   Result<std::unique_ptr<Receiver>> receive(const F& facade, const http::Request& request);
/// `encode` is as in `endpoint`.
template <class Op, class Vendor, auto receive, auto encode>
[[nodiscard]] constexpr Endpoint receiving(Endpoint row) {
  row.body = BodyRule::stream;
  row.operation = operation_kind<Op>;
  row.receive = [](const Facade& facade, const http::Request& request) {
    return receive(static_cast<const Vendor&>(facade), request);
  };
  row.encode = [](const Facade& facade, const Decoded& decoded, const Outcome& outcome,
                  http::Reply& reply) -> Result<void> {
    const auto* answer = std::get_if<typename Op::Answer>(&outcome);
    if (answer == nullptr) return detail::wrong_answer(Op::facts.name);
    return detail::show<Op, void, encode>(static_cast<const Vendor&>(facade), decoded, *answer, reply);
  };
  return row;
}

/// Makes the row of a call that the facade answers by itself:
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

/// Whether `Answer` is one of the other types. For answers that a style has no document for.
template <class Answer, class... Others>
concept OneOf = (std::is_same_v<Answer, Others> || ...);

/// Shows an outcome of any type with `document`, a function object that takes every type of answer. Facades use it on
/// routes with `emit`. Does not compile if a type of answer is missing.
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
