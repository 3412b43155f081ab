// What a client asks of a list: which records, in which order, and which page of them. A facade makes the query, a backend answers it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "schemas/shape/node.hpp"
#include "schemas/shape/view.hpp"
#include "schemas/text.hpp"
#include "schemas/time.hpp"

namespace parley {

/// Keys from a document down to a value: {"servedBy", "_id"}. A list on the way stands for its first element.
using DocumentPath = List<String>;

/// A question about one place of a document.
struct ListTest {
  enum class Kind : std::uint8_t {
    equals,  ///< the text there is one of `values`; nothing there counts as an empty text
    contains,  ///< the first of `values` stands in the text there, which is not empty; the case of ASCII letters is ignored
    is_there,  ///< something is there, and it is not null
    is_true,   ///< the boolean true is there
    between,   ///< an ISO 8601 time is there, from `from` to `to`, both included; an unknown bound is none
  };
  Kind kind = Kind::equals;
  DocumentPath path;
  /// The first key holds a list. The rest of the path is looked up in each element; the test passes where it passes for one.
  /// Only texts count. Without such a list the test fails.
  bool any_element = false;
  List<String> values{};
  Time from{};
  Time to{};
  bool negated = false;  ///< the test passes where it would fail
};

/// Holds where one of its tests passes.
struct ListCondition {
  List<ListTest> any_of;
};

/// One key of an order.
struct SortKey {
  DocumentPath path;
  bool descending = false;
};

/// Conditions and order look at the document that the client would be shown. What the document does not tell, such as a member
/// that another vendor keeps, satisfies no condition and sorts as nothing.
struct ListQuery {
  /// The shape of that document, a shape of the records of the list. Set where there are conditions or an order.
  const shape::View* shape = nullptr;
  List<ListCondition> conditions{};  ///< a record is wanted if all of them hold
  List<SortKey> order{};             ///< empty: the backend's own order, which is stable. Equal records keep that order
  std::size_t offset = 0;            ///< records to pass over
  std::size_t limit = 0;             ///< of the page; 0 = all that follow

  /// The same question in the words of the API that the client called: a server of that API can be asked it as it is.
  struct Asked {
    std::string_view api{};  ///< the adapter's name, a literal; empty = there are no such words
    List<std::pair<String, String>> parameters{};
  } asked{};

  /// Whether the query takes every record as it comes, so that no document is looked at.
  [[nodiscard]] bool takes_all() const noexcept { return conditions.empty() && order.empty(); }
};

/// Whether a condition holds for a document.
[[nodiscard]] bool holds(const ListCondition& condition, const shape::Node& document);

/// What a document is sorted by under one key, in MongoDB's order of types: nothing, numbers, texts, objects, lists, booleans.
/// Texts compare by their bytes, objects and lists as their JSON text.
struct SortValue {
  int rank = 0;
  double number = 0;
  String text;
};
using SortValues = List<SortValue>;  ///< one for each key of an order

/// Whether a record with the values `a` comes before one with `b`. Equal records are before neither of each other.
[[nodiscard]] bool before(const SortValues& a, const SortValues& b, std::span<const SortKey> order) noexcept;

/// Looks at one record after the other for one query, which must outlive it. Its buffers are reused. Used on one thread.
class ListMatcher {
 public:
  explicit ListMatcher(const ListQuery& query) noexcept : query_(query) {}

  /// Whether the query wants a document.
  [[nodiscard]] bool wants(const shape::Node& document) const;
  [[nodiscard]] SortValues sort_values(const shape::Node& document) const;

  /// The document of a record in the query's shape. Valid until the next call.
  const shape::Node& document_of(const void* record) {
    return document_from([this, record](shape::Writer& writer) { shape::write_object(*query_.shape, record, writer); });
  }
  /// The document that `write` writes, one JSON value.
  template <class Write>
  const shape::Node& document_from(const Write& write) {
    text_.clear();
    shape::Writer writer(text_);
    write(writer);
    writer.finish();
    return parse();
  }

 private:
  const shape::Node& parse();

  const ListQuery& query_;
  Buffer text_;
  shape::Document document_;
};

/// The places of the records that a query asks for, in its order, and how many match in all.
struct Selection {
  List<std::size_t> places;
  std::size_t total = 0;
};
/// Writes the document of the record at a place.
using WriteDocument = std::function<void(std::size_t place, shape::Writer& writer)>;
/// Selects among `size` records. Where the query takes all, no document is written.
[[nodiscard]] Selection select(const ListQuery& query, std::size_t size, const WriteDocument& write);

/// The same query about canonical documents, for a store that keeps these. nullopt where the shape does not carry each of the paths as
/// the canonical table does (same member, same codec, same presence), or one leads to a member of `changed`: what the store keeps of these
/// is not what it shows. The answer is the same only for records without extensions: one may stand in the place of a member.
[[nodiscard]] std::optional<ListQuery> in_canonical_terms(const ListQuery& query, const shape::View& canonical,
                                                          std::span<const std::string_view> changed = {});

/// A text that stands, the case of ASCII letters ignored, in the canonical JSON of every record that a condition of the query
/// takes, unless that JSON has a backslash. Empty: nothing is known. A database can pass over most records by it. `query` must outlive the result.
[[nodiscard]] std::string_view text_in_every_match(const ListQuery& query) noexcept;

}  // namespace parley
