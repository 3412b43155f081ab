// How Enghouse writes values: ids with a prefix, times as milliseconds or "", objects keyed by id, and callData.
#pragma once

#include <algorithm>
#include <array>

#include "adapters/enghouse/ids.hpp"
#include "schemas/canonical/chat.hpp"

namespace parley::enghouse {

using shape::Fidelity;
using shape::Fit;
using shape::Form;
using shape::Losses;
using shape::Node;
using shape::Reading;
using shape::Type;
using shape::Writer;

/// An id; a guid is written with `Prefix` before it. Works on Id<Tag> and on plain text.
template <const std::string_view& Prefix>
struct PrefixedId {
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Text& value, Reading& reading) {
    if (!node.is_text()) return reading.refuse(node, "a string");
    value = read_id(Prefix, node.text, reading);
    IdScratch scratch;
    return write_id(Prefix, value, scratch) == node.text ? Fit::exact : Fit::respelt;
  }
  static void write(const Text& value, Writer& writer) {
    IdScratch scratch;
    writer.string(write_id(Prefix, value, scratch));
  }
  static bool empty(const Text& value) { return value.empty(); }

  template <class Tag>
  static Fit read(const Node& node, Id<Tag>& value, Reading& reading) {
    return read(node, value.text, reading);
  }
  template <class Tag>
  static void write(const Id<Tag>& value, Writer& writer) {
    write(value.text, writer);
  }
  template <class Tag>
  static bool empty(const Id<Tag>& value) {
    return value.empty();
  }
};
using ChatIdCodec = PrefixedId<chat_prefix>;
using UserIdCodec = PrefixedId<user_prefix>;

/// Milliseconds since 1970 as a number; `""` = not yet. Reading also takes a number in a string, and `n.0`.
struct EpochTime {
  static constexpr Type type{.form = Form::epoch_ms};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Time& value, Reading& reading);
  static void write(Time value, Writer& writer) {
    value.known() ? writer.integer(value.since_epoch) : writer.string({});
  }
  static bool empty(Time value) { return !value.known(); }
};

/// `endTime`: the end of the chat. It also decides the state, which finish_contact sets.
struct EndTime {
  static constexpr Type type = EpochTime::type;
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Chat& chat, Reading& reading) {
    return EpochTime::read(node, chat.end_at, reading);
  }
  static void write(const Chat& chat, Writer& writer) { EpochTime::write(chat.end_at, writer); }
  static bool empty(const Chat& chat) { return EpochTime::empty(chat.end_at); }
  static void losses(const Chat& chat, std::string_view members, Losses& losses);
};

/// An object keyed by id. Its values are objects by a table, and each repeats its key in its `id`. `IdCodec` spells the key.
template <const auto& TableRef, class IdCodec>
struct KeyedById {
  static constexpr Type type{.form = Form::map, .words = {}, .view = &shape::view<TableRef>, .element = nullptr};
  static constexpr Fidelity fidelity = Fidelity::exact;
  template <class T>
  static Fit read(const Node& node, List<T>& value, Reading& reading) {
    if (!node.is_object()) return reading.refuse(node, "an object keyed by id");
    Fit fit = Fit::exact;
    value.reserve(node.size);
    for (const Node& child : node) {
      const Reading::Step step(reading, child.key);
      T& element = value.emplace_back();
      if (shape::read_object(shape::view<TableRef>, child, &element, reading) == Fit::refused && !reading.strict()) {
        value.clear();
        return Fit::refused;
      }
      // The key wins over `id`, because userID and agentID refer to the key.
      const Node* inner = child.find("id");
      if (inner == nullptr || !inner->is_text() || inner->text != child.key) {
        element.id = IdCodec::from_key(child.key, reading);
        fit = Fit::respelt;
      }
      if (!IdCodec::is_key(child.key, element.id)) fit = Fit::respelt;
    }
    return fit;
  }
  template <class T>
  static bool read_usual(shape::JsonTokens& tokens, List<T>& value, Reading& reading) {
    constexpr std::size_t most = 16;  // each key is compared with those before
    std::array<std::string_view, most> keys;
    const auto read_one = [&] {
      const std::size_t count = value.size();
      std::string_view& key = keys[std::min(count, most - 1)];
      if (count == most || tokens.next() != '"' || !tokens.string(key) || !tokens.take_if(':')) return false;
      if (std::find(keys.begin(), keys.begin() + count, key) != keys.begin() + count) return false;
      T& element = value.emplace_back();
      return shape::read_plain_object(shape::view<TableRef>, tokens, &element, reading) && has_key(element, key);
    };
    if (tokens.members(read_one)) return true;
    value.clear();
    return false;
  }
  template <class T>
  static void write(const List<T>& value, Writer& writer) {
    writer.begin_object();
    for (const T& element : value) {
      if (comes_again(value, element)) continue;
      IdCodec::write_key(element.id, writer);
      shape::write_object(shape::view<TableRef>, &element, writer);
    }
    writer.end_object();
  }
  template <class T>
  static bool empty(const List<T>& value) {
    return value.empty();
  }
  template <class T>
  static void losses(const List<T>& value, std::string_view member, Losses& losses) {
    for (const T& element : value) {
      shape::find_losses(shape::view<TableRef>, &element, losses);
      if (comes_again(value, element))
        losses.push_back({shape::Label::constant(member), "an id has one place: only its first bearer is shown"});
    }
  }

 private:
  /// Whether the document of the element has its `id` in our spelling, and that is the key.
  template <class T>
  static bool has_key(const T& element, std::string_view key) {
    static constexpr auto& rows = shape::view<TableRef>.rows;
    static constexpr auto id =
        std::find_if(rows.begin(), rows.end(), [](const shape::Row& row) { return row.key == "id"; }) - rows.begin();
    if ((element.wire.seen >> id & 1U) == 0 || !IdCodec::is_key(key, element.id)) return false;
    if (element.wire.slots == nullptr) return true;
    const auto respelt = [](const shape::Slot& slot) { return slot.row == id && !slot.raw.empty(); };
    return std::none_of(element.wire.slots->begin(), element.wire.slots->end(), respelt);
  }
  /// Whether an earlier element has the same id. An object can have each key only once.
  template <class T>
  static bool comes_again(const List<T>& value, const T& element) {
    for (const T& before : value) {
      if (&before == &element) return false;
      if (before.id == element.id) return true;
    }
    return false;
  }
};

/// Keys of `users`.
struct UserKey {
  static Text from_key(std::string_view key, const Reading& reading) { return read_id(user_prefix, key, reading); }
  static bool is_key(std::string_view key, std::string_view id) {
    IdScratch scratch;
    return write_id(user_prefix, id, scratch) == key;
  }
  static void write_key(std::string_view id, Writer& writer) {
    IdScratch scratch;
    writer.key(write_id(user_prefix, id, scratch));
  }
};
/// Keys of `dataCollections`.
struct PlainKey {
  static Text from_key(std::string_view key, const Reading& reading) { return reading.keep(key); }
  static bool is_key(std::string_view key, std::string_view id) { return key == id; }
  static void write_key(std::string_view id, Writer& writer) { writer.key(id); }
};

/// Names in callData that hold a member of the visitor.
inline constexpr std::string_view nickname_key = "_NICK_";
inline constexpr std::string_view email_key = "email";
inline constexpr std::string_view phone_key = "phone_number";

/// The participant who started the chat, else the first one who is not an agent, else nullptr.
[[nodiscard]] const Participant* visitor_of(const Chat& chat) noexcept;

/// Finds names that come again. Ask it once for each entry of a list, in order. A bit for each name makes most searches unnecessary.
class Repeats {
 public:
  bool is_one(const Attributes& all, const Attribute& one) noexcept;

 private:
  std::uint64_t seen_ = 0;
};

/// Adds what these entries of callData lose: what callData has no place for, and values of a name that comes again.
void entry_losses(const Attributes& entries, std::string_view members, Losses& losses);

/// Adds what the visitor's addresses lose in callData.
void address_losses(const List<Text>& emails, const List<Text>& phones, Losses& losses);

/// `callData`: the chat's named values. The visitor's present name (`_NICK_`), first e-mail address (`email`), first phone number
/// (`phone_number`) and attributes replace the chat's values of the same name; those without such a value follow at the end.
struct CallData {
  static constexpr Type text_type{.form = Form::text};
  static constexpr Type type{.form = Form::map, .words = {}, .view = nullptr, .element = &text_type};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Chat& chat, Reading& reading);
  static void write(const Chat& chat, Writer& writer);
  static bool empty(const Chat& chat);
  static void losses(const Chat& chat, std::string_view members, Losses& losses);
};

/// Sets what follows from several members of a contact: the state, and the visitor's e-mail and phone from callData.
void finish_contact(Chat& chat);

}  // namespace parley::enghouse
