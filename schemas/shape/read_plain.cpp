// Reads objects straight into records.
#include "schemas/shape/read_plain.hpp"

#include <optional>

#include "schemas/shape/member_reader.hpp"

namespace parley::shape {
namespace {

/// The names of the members without a row. Only few documents have any.
class UnknownKeys {
 public:
  /// Returns false if the key is there already, or if there are too many.
  bool add(std::string_view key) noexcept {
    const auto end = keys_.begin() + count_;
    if (count_ == keys_.size() || std::find(keys_.begin(), end, key) != end) return false;
    keys_[count_++] = key;
    return true;
  }

 private:
  std::array<std::string_view, 16> keys_;
  std::size_t count_ = 0;
};

/// Reads the next value into `scalar`, or into a tree. Returns its node; nullptr if it has a fault or something unusual.
Node* read_value(JsonTokens& tokens, Node& scalar) {
  const char byte = tokens.next();
  if (byte == '{' || byte == '[') return TreeReader(tokens.trees).read(tokens) ? &tokens.trees.front() : nullptr;
  return byte != '\0' && tokens.scalar(scalar) ? &scalar : nullptr;
}

class PlainReader {
 public:
  PlainReader(const View& view, JsonTokens& tokens, void* object, Reading& reading)
      : view_(view), tokens_(tokens), members_(view, object, reading) {}

  bool read() {
    return tokens_.members([this] { return member(); }) && members_.finish() == Fit::exact;
  }

 private:
  bool member() {
    const std::size_t guess = members_.guess();
    if (tokens_.next() != '"') return false;
    if (guess < view_.rows.size() && tokens_.take_text(view_.rows[guess].quoted)) [[likely]] {
      return known(guess);
    }
    std::string_view key;
    if (!tokens_.string(key) || tokens_.next() != ':') return false;
    tokens_.take();
    if (const int row = view_.find(key); row >= 0) return known(static_cast<std::size_t>(row));
    if (!unknown_) unknown_.emplace();
    return unknown_->add(key) && value(key, [this](const Node& node) { members_.unknown(node); });
  }

  /// Reads the value of a row.
  bool known(std::size_t at) {
    if ((members_.seen() >> at & 1U) != 0) return false;
    const Row& row = view_.rows[at];
    if (row.borrow == nullptr || tokens_.next() != '"') return other(row, at);
    std::string_view text;
    if (!tokens_.string(text)) return false;
    members_.known(at, text);
    return true;
  }
  /// The same, for any value.
  bool other(const Row& row, std::size_t at) {
    if (row.read_usual != nullptr) {
      const char* const begin = tokens_.at();
      const std::size_t depth = tokens_.depth;
      if (members_.known(at, tokens_)) return true;
      tokens_.back_to(begin);
      tokens_.depth = depth;
    }
    return value(row.key, [this, at](const Node& node) { members_.known(at, node); });
  }

  /// Reads a value and passes its node to `take`. Returns false if it has a fault or something unusual.
  template <class Take>
  bool value(std::string_view key, const Take& take) {
    Node scalar;
    Node* const node = read_value(tokens_, scalar);
    if (node == nullptr) return false;
    node->key = key;
    take(*node);
    return true;
  }

  const View& view_;
  JsonTokens& tokens_;
  MemberReader members_;
  std::optional<UnknownKeys> unknown_;
};

}  // namespace

bool read_plain_object(const View& view, JsonTokens& tokens, void* object, Reading& reading) {
  return !reading.strict() && reading.texts() != nullptr && PlainReader(view, tokens, object, reading).read();
}

bool read_plain(const View& view, std::string_view json, Arena& texts, List<Node>& trees, void* object,
                Reading& reading) {
  JsonTokens tokens(json, texts, trees);
  return read_plain_object(view, tokens, object, reading) && tokens.is_end();
}

bool read_plain_member(const View& view, std::string_view json, std::string_view key, MayBe may_be, Arena& texts,
                       List<Node>& trees, void* object, Reading& reading) {
  JsonTokens tokens(json, texts, trees);
  UnknownKeys keys;
  bool found = false;
  const auto read_one = [&] {
    std::string_view name;
    if (tokens.next() != '"' || !tokens.string(name) || !tokens.take_if(':') || !keys.add(name)) return false;
    if (name == key) return found = read_plain_object(view, tokens, object, reading);
    Node scalar;
    Node* const node = read_value(tokens, scalar);
    if (node == nullptr) return false;
    node->key = name;
    return may_be(*node);
  };
  return tokens.members(read_one) && found && tokens.is_end();
}

}  // namespace parley::shape
