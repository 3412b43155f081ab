// A client's query on a list: which records, in which order, and which page of them. A facade makes it, a backend answers it.
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

/// The keys that lead from a document down to a value: {"servedBy", "_id"}. A list on the way or at the end stands for its first element.
using DocumentPath = List<String>;

/// A test of the value at one path of a document.
struct ListTest {
  enum class Kind : std::uint8_t {
    equals,    ///< the text is one of `values`; a missing value counts as an empty text
    contains,  ///< the text is not empty and contains the first of `values`; the case of ASCII letters is ignored
    is_there,  ///< there is a value, and it is not null
    is_true,   ///< the value is the boolean true
    between,   ///< the text is an ISO 8601 time from `from` to `to`, both included; an unknown bound is no bound
  };
  Kind kind = Kind::equals;
  DocumentPath path;
  /// The first key of the path names a list. The test looks up the rest of the path in each element, and passes if one element has a
  /// text there that passes. It fails if there is no such list.
  bool any_element = false;
  List<String> values{};
  Time from{};
  Time to{};
  bool negated = false;  ///< reverses the result
};

/// Holds if at least one of its tests passes.
struct ListCondition {
  List<ListTest> any_of;
};

/// One key to sort by.
struct SortKey {
  DocumentPath path;
  bool descending = false;
};

/// Conditions and order apply to the document that the client would get. A member that this document lacks counts as missing, even if
/// the record has it for another vendor.
struct ListQuery {
  /// The shape of that document; must be a shape of the list's records. Set if there are conditions or an order.
  const shape::View* shape = nullptr;
  List<ListCondition> conditions{};  ///< a record matches if all of them hold
  List<SortKey> order{};   ///< empty = the backend's own order, which is stable; equal records keep that order
  std::size_t offset = 0;  ///< number of matching records to skip
  std::size_t limit = 0;   ///< most records of the page; 0 = no limit

  /// The query parameters of the client's call, for a backend that speaks the same API: it can pass them on unchanged.
  struct Asked {
    std::string_view api{};  ///< the adapter's name, a literal; empty = none
    List<std::pair<String, String>> parameters{};
  } asked{};

  /// Whether every record matches, in the backend's own order. Then no document has to be made.
  [[nodiscard]] bool takes_all() const noexcept { return conditions.empty() && order.empty(); }
};

/// Whether a condition holds for a document.
[[nodiscard]] bool holds(const ListCondition& condition, const shape::Node& document);

/// The value of a document for one sort key. Types sort in MongoDB's order: nothing, numbers, texts, objects, lists, booleans. Texts
/// compare by their bytes, objects and lists by their JSON text.
struct SortValue {
  int rank = 0;
  double number = 0;
  String text;
};
using SortValues = List<SortValue>;  ///< one for each sort key

/// Whether a record with the values `a` comes before a record with the values `b`. False for equal values.
[[nodiscard]] bool before(const SortValues& a, const SortValues& b, std::span<const SortKey> order) noexcept;

/// Applies one query to many records, one after the other, and reuses its buffers. The query must outlive it. Used on one thread.
class ListMatcher {
 public:
  explicit ListMatcher(const ListQuery& query) noexcept : query_(query) {}

  /// Whether a document matches the query.
  [[nodiscard]] bool wants(const shape::Node& document) const;
  [[nodiscard]] SortValues sort_values(const shape::Node& document) const;

  /// The document of a record in the query's shape. Valid until the next call.
  const shape::Node& document_of(const void* record) {
    return document_from([this, record](shape::Writer& writer) { shape::write_object(*query_.shape, record, writer); });
  }
  /// The document that `write` writes as one JSON value. Valid until the next call.
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

/// The indices of the records of a query's page, in the query's order, and the number of records that match in all.
struct Selection {
  List<std::size_t> places;
  std::size_t total = 0;
};
/// Writes the document of the record at an index.
using WriteDocument = std::function<void(std::size_t place, shape::Writer& writer)>;
/// Selects among `size` records. Calls `write` for none of them if `query.takes_all()`.
[[nodiscard]] Selection select(const ListQuery& query, std::size_t size, const WriteDocument& write);

/// The same query on canonical documents, for a store that keeps those. nullopt if the shape does not carry the member of a path as the
/// canonical table does (same member, same codec, same presence), or if the member is in `changed`: members whose stored value is not the
/// shown value. The two queries agree only on records without extensions, because an extension may replace a member's value.
[[nodiscard]] std::optional<ListQuery> in_canonical_terms(const ListQuery& query, const shape::View& canonical,
                                                          std::span<const std::string_view> changed = {});

/// A text that the canonical JSON of every matching record contains, ignoring the case of ASCII letters; only a record whose JSON has a
/// backslash may match without it. Empty: no such text is known. A store uses it to skip most records. `query` must outlive the result.
[[nodiscard]] std::string_view text_in_every_match(const ListQuery& query) noexcept;

}  // namespace parley
