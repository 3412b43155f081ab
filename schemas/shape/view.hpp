// A field table without its types, for the engines that read and write documents. Tables are declared with shape.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/error.hpp"
#include "schemas/shape/loss.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/wire.hpp"
#include "schemas/shape/writer.hpp"
#include "schemas/text.hpp"

namespace parley::shape {

/// required: always written; a strict reading reports a fault if it is absent. always: always written. optional: written unless it is
/// empty. A record that was read in the same shape is written with the members that its document had.
enum class Need : std::uint8_t { required, always, optional };

/// How exactly a row carries its canonical field. exact: the same value. converted: the value in another form. derived: computed from
/// the record, not stored. dropped: not carried.
enum class Fidelity : std::uint8_t { exact, converted, derived, dropped };
[[nodiscard]] std::string_view name_of(Fidelity fidelity) noexcept;

/// How a value of a document fits its row. exact: we would write the same text. respelt: understood, but we would write another text.
/// refused: the row cannot take the value.
enum class Fit : std::uint8_t { exact, respelt, refused };

enum class Form : std::uint8_t { text, integer, boolean, date_time, epoch_ms, guid, word, object, list, map, json };

class JsonTokens;
struct View;
struct Row;

/// The type of a row's value in the document, for JSON Schema and the reference.
struct Type {
  Form form = Form::text;
  std::span<const std::string_view> words = {};  ///< of a word
  const View* view = nullptr;                    ///< of an object, or of a map's values
  const Type* element = nullptr;                 ///< of a list or map
  bool nullable = false;                         ///< null means that the value is absent
};

/// A value that did not fit, to be explained to an operator (configuration) or a client (request body).
struct Fault {
  String path;  ///< `routes[2].backend`
  Mark mark;
  String expected;  ///< `a string`
  String got;       ///< `a number`; empty if the value is absent; the key if it is unknown
  String hint;
  bool missing = false;
  bool unknown = false;
};

/// How to read a document, and the faults found. Lenient (vendors' documents): there are no faults, and values that do not fit are kept
/// as extensions. Strict (configuration, request bodies): they are faults.
class Reading {
 public:
  explicit Reading(bool strict = false) noexcept : strict_(strict) {}
  /// Lenient. Adds the members whose text was not valid Unicode to `losses`, unless it is nullptr. `losses` must outlive the reading.
  explicit Reading(Losses* losses) noexcept : losses_(losses) {}
  /// The same, and the records borrow their texts from `texts`, which has those of the document.
  Reading(Losses* losses, std::shared_ptr<const Arena> texts) noexcept : losses_(losses), texts_(std::move(texts)) {}

  [[nodiscard]] bool strict() const noexcept { return strict_; }
  /// What the records that are read borrow their texts from; nullptr: they own them.
  [[nodiscard]] const std::shared_ptr<const Arena>& texts() const noexcept { return texts_; }
  /// A text of the document, for a member of a record.
  [[nodiscard]] Text keep(std::string_view text) const { return texts_ ? Text::borrow(text) : Text(text); }
  void keep(std::string_view text, Text& member) const { texts_ ? member.borrow_from(text) : member.assign(text); }
  [[nodiscard]] List<Fault>& faults() noexcept { return faults_; }
  /// The path of the current value. Kept only when strict.
  [[nodiscard]] const String& path() const noexcept { return path_; }

  /// Records a fault at the current path if strict. Returns Fit::refused, for `return refuse(…)`.
  Fit refuse(const Node& node, std::string_view expected, std::string_view hint = {});
  /// Records, if strict, that `parent` lacks a required key.
  void missing(const Node& parent, std::string_view key);
  /// Records, if strict, that the key of `child` has no row in `view`.
  void unknown(const Node& child, const View& view);
  /// Records that a member's text was not valid Unicode, as a loss. `row` nullptr: the member has no row and is named by its key.
  void repaired(const Node& child, const View& view, const Row* row);
  /// How often `repaired` was called.
  [[nodiscard]] std::size_t repairs() const noexcept { return repairs_; }

  /// Extends the path by one step for the lifetime of this object.
  class Step {
   public:
    Step(Reading& reading, std::string_view key) : reading_(reading), length_(reading.path_.size()) {
      if (reading.strict_) add(key);  // only faults need the path
    }
    Step(Reading& reading, std::size_t index) : reading_(reading), length_(reading.path_.size()) {
      if (reading.strict_) add(index);
    }
    ~Step() {
      if (reading_.strict_) reading_.path_.resize(length_);
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    void add(std::string_view key);
    void add(std::size_t index);

    Reading& reading_;
    std::size_t length_;
  };

 private:
  bool strict_ = false;
  String path_;
  List<Fault> faults_;
  Losses* losses_ = nullptr;
  std::shared_ptr<const Arena> texts_;
  std::size_t repairs_ = 0;
};

/// The reason of a loss by invalid Unicode.
inline constexpr std::string_view repaired_reason = "text that is not Unicode became U+FFFD";

struct Row {
  std::string_view key;      ///< as in the document
  std::string_view quoted;   ///< `"key":`
  std::string_view members;  ///< canonical names, comma-separated where one row carries several
  std::string_view lossy;    ///< the members as losses name them: `visitor.emails`. Empty in a canonical table
  Need need = Need::optional;
  Fidelity fidelity = Fidelity::exact;
  std::string_view note;  ///< one sentence
  const Type* type = nullptr;
  Fit (*read)(const Node& node, void* object, Reading& reading) = nullptr;
  /// Makes the member borrow `text`. Set if that is what `read` does with a string, where records borrow their texts.
  void (*borrow)(void* object, std::string_view text) = nullptr;
  /// Reads the next value into the member if it is spelled as `write` spells it, apart from blanks. Otherwise returns false and leaves the
  /// member as it was; then `read` decides. nullptr: `read` always does.
  bool (*read_usual)(JsonTokens& tokens, void* object, Reading& reading) = nullptr;
  /// Writes key and value, unless the value is empty and `force` is false. Returns whether it wrote.
  bool (*write)(const void* object, std::string_view quoted, bool force, Writer& writer) = nullptr;
  bool (*empty)(const void* object) = nullptr;
  /// Adds what this row loses: what its codec cannot show, and what the table of its object drops. nullptr: the row loses nothing.
  void (*losses)(const void* object, std::string_view lossy, Losses& losses) = nullptr;
};

struct Drop {
  std::string_view member;  ///< canonical name
  std::string_view lossy;   ///< the same with its record, as losses name it: `visitor.token`
  std::string_view reason;
  bool (*empty)(const void* object) = nullptr;
};

/// A canonical field that another table of the same document carries.
struct Elsewhere {
  std::string_view member;
  std::string_view where;
};

/// Finds the row of a key by a perfect hash: the seed is chosen at compile time so that no two keys have the same slot.
struct KeyIndex {
  std::uint32_t seed = 0;
  std::array<std::uint8_t, 256> slot{};  ///< row + 1; 0 = no row

  static constexpr std::uint8_t place(std::string_view key, std::uint32_t seed) noexcept {
    std::uint32_t hash = seed ^ static_cast<std::uint32_t>(key.size());
    for (const char byte : key) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    return static_cast<std::uint8_t>(hash ^ (hash >> 8U) ^ (hash >> 16U) ^ (hash >> 24U));
  }
};

/// The index of the given rows. Throws if two of them have the same key, so that such a table does not compile.
constexpr KeyIndex index_of(std::span<const Row> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (rows[i].key == rows[j].key) throw "two rows of a shape have the same key";
    }
  }
  for (std::uint32_t seed = 1;; ++seed) {
    KeyIndex index{.seed = seed};
    bool good = true;
    for (std::size_t i = 0; i < rows.size() && good; ++i) {
      std::uint8_t& slot = index.slot[KeyIndex::place(rows[i].key, seed)];
      good = slot == 0;
      slot = static_cast<std::uint8_t>(i + 1);
    }
    if (good) return index;
  }
}

struct View {
  std::string_view name;    ///< `zendesk.visitor`: the vendor's folder and the document
  std::string_view record;  ///< canonical name of the struct: `visitor`
  std::span<const Row> rows;
  std::span<const Drop> drops;
  std::span<const Elsewhere> elsewhere;
  KeyIndex index;
  bool closed = false;                    ///< for the JSON Schema: no other members are allowed
  bool canonical = false;                 ///< writes the extensions of all shapes under the key `extensions`
  Wire& (*wire)(void* object) = nullptr;  ///< nullptr: the struct has no `wire`
  Extensions& (*extensions)(void* object) = nullptr;
  void (*finish)(void* object) = nullptr;  ///< called after all rows were read; may be nullptr

  /// The index of the row with that key, or -1. Tries the row `guess` first.
  [[nodiscard]] int find(std::string_view key, std::size_t guess = 0) const noexcept;
};

/// Fills `object`, which must be newly constructed, from a node. Returns `refused` only if the node is not an object. Strict: faults of
/// members go to `reading`. Lenient: a member that has no row, or does not fit it, becomes an extension.
Fit read_object(const View& view, const Node& node, void* object, Reading& reading);

/// Writes `object` as one JSON value, followed by a comma (see Writer).
void write_object(const View& view, const void* object, Writer& writer);

/// Adds every canonical member of `object` that is not empty and that this shape does not carry, and the extensions of other shapes.
void find_losses(const View& view, const void* object, Losses& losses);

}  // namespace parley::shape
