// A field table without its types: what the engines read. Tables are written with shape.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/error.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/wire.hpp"
#include "schemas/shape/writer.hpp"
#include "schemas/text.hpp"

namespace parley::shape {

/// required: written always, and its absence is a fault where reading is strict. always: written always. optional:
/// written when it is not empty.
enum class Need : std::uint8_t { required, always, optional };

/// How faithfully a row carries its canonical field. exact: the same value. converted: another spelling of the same
/// value. derived: computed from the record, not stored. dropped: not carried.
enum class Fidelity : std::uint8_t { exact, converted, derived, dropped };
[[nodiscard]] std::string_view name_of(Fidelity fidelity) noexcept;

/// How a value of a document met its row: exact = written back the same; respelt = understood, but we would write it
/// differently; refused = of no use to this row.
enum class Fit : std::uint8_t { exact, respelt, refused };

enum class Form : std::uint8_t { text, integer, boolean, date_time, epoch_ms, guid, word, object, list, map, json };

struct View;
struct Row;

/// What a row's value looks like on the wire: for JSON Schema and the reference.
struct Type {
  Form form = Form::text;
  std::span<const std::string_view> words = {};  ///< of a word
  const View* view = nullptr;                    ///< of an object, or of a map's values
  const Type* element = nullptr;                 ///< of a list or map
  bool nullable = false;                         ///< null stands for an absent value
};

/// What a reply could not carry. Views into tables, except for extensions' names.
struct Loss {
  String member;  ///< canonical name, e.g. `visitor.token`
  String reason;
};
using Losses = List<Loss>;

/// A value that did not fit, for a person: an operator (configuration) or a client (request body).
struct Fault {
  String path;  ///< `routes[2].backend`
  Mark mark;
  String expected;  ///< `a string`
  String got;       ///< `a number`, or nothing where the value is absent
  String hint;
  bool missing = false;
  bool unknown = false;
};

/// How to read, and what was found wrong. Lenient (vendor documents): nothing is a fault, what does not fit is kept.
class Reading {
 public:
  explicit Reading(bool strict = false) noexcept : strict_(strict) {}
  /// Lenient. `losses` is told which members have text that was no Unicode; it must outlive the reading. nullptr: nobody is.
  explicit Reading(Losses* losses) noexcept : losses_(losses) {}

  [[nodiscard]] bool strict() const noexcept { return strict_; }
  [[nodiscard]] List<Fault>& faults() noexcept { return faults_; }
  [[nodiscard]] const String& path() const noexcept { return path_; }

  /// Notes a fault at the present path. Does nothing when lenient. Returns Fit::refused, for `return refuse(…)`.
  Fit refuse(const Node& node, std::string_view expected, std::string_view hint = {});
  void missing(const Node& parent, std::string_view key);
  void unknown(const Node& child, const View& view);
  /// Notes that a member has text that was no Unicode: of a row by its canonical names, else by its key.
  void repaired(const Node& child, const View& view, const Row* row);
  /// How often `repaired` was called.
  [[nodiscard]] std::size_t repairs() const noexcept { return repairs_; }

  /// Goes one step down for the lifetime of the object.
  class Step {
   public:
    Step(Reading& reading, std::string_view key);
    Step(Reading& reading, std::size_t index);
    ~Step() { reading_.path_.resize(length_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Reading& reading_;
    std::size_t length_;
  };

 private:
  bool strict_ = false;
  String path_;
  List<Fault> faults_;
  Losses* losses_ = nullptr;
  std::size_t repairs_ = 0;
};

/// What is said of a member whose text was no Unicode.
inline constexpr std::string_view repaired_reason = "what was no Unicode text is U+FFFD";

struct Row {
  std::string_view key;      ///< on the wire
  std::string_view quoted;   ///< `"key":`
  std::string_view members;  ///< canonical names, comma-separated where one row carries several
  Need need = Need::optional;
  Fidelity fidelity = Fidelity::exact;
  std::string_view note;  ///< one sentence
  const Type* type = nullptr;
  Fit (*read)(const Node& node, void* object, Reading& reading) = nullptr;
  /// Writes key and value unless the value is empty and `force` is false. Returns whether it wrote.
  bool (*write)(const void* object, std::string_view quoted, bool force, Writer& writer) = nullptr;
  bool (*empty)(const void* object) = nullptr;
  /// Adds what this row narrows or what lies dropped below it; nullptr where nothing can.
  void (*losses)(const void* object, std::string_view members, Losses& losses) = nullptr;
};

struct Drop {
  std::string_view member;  ///< canonical name
  std::string_view reason;
  bool (*empty)(const void* object) = nullptr;
};

/// A canonical field that another table of the same document carries.
struct Elsewhere {
  std::string_view member;
  std::string_view where;
};

/// Finds the row of a key: open addressing with a seed found at compile time so that no key needs a second look.
struct KeyIndex {
  std::uint32_t seed = 0;
  std::array<std::uint8_t, 256> slot{};  ///< row + 1; 0 = empty

  static constexpr std::uint8_t place(std::string_view key, std::uint32_t seed) noexcept {
    std::uint32_t hash = seed ^ static_cast<std::uint32_t>(key.size());
    for (const char byte : key) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    return static_cast<std::uint8_t>(hash ^ (hash >> 8U) ^ (hash >> 16U) ^ (hash >> 24U));
  }
};

/// The index of some rows. Throws, which does not compile, where two of them have the same key.
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
  bool closed = false;                    ///< a document has no members but these
  bool canonical = false;                 ///< carries the extensions of every shape under the key `extensions`
  Wire& (*wire)(void* object) = nullptr;  ///< nullptr: the struct remembers nothing
  Extensions& (*extensions)(void* object) = nullptr;
  void (*finish)(void* object) = nullptr;  ///< runs after the last row was read

  /// The row of a key, or -1; `guess` is tried first.
  [[nodiscard]] int find(std::string_view key, std::size_t guess = 0) const noexcept;
};

/// Fills `object` (freshly constructed) from a node. Strict: faults go to `reading`. Lenient: never fails on members;
/// refused only where the node is no object.
Fit read_object(const View& view, const Node& node, void* object, Reading& reading);

/// Writes `object` as one JSON value, followed by a comma (Writer's habit).
void write_object(const View& view, const void* object, Writer& writer);

/// Adds every canonical member that `object` has and this shape does not carry.
void find_losses(const View& view, const void* object, Losses& losses);

}  // namespace parley::shape
