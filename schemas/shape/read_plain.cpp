// Reads a document straight into a record; see scan_json.hpp.
#include <optional>

#include "schemas/shape/member_reader.hpp"
#include "schemas/shape/scan_json.hpp"

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

class PlainReader {
 public:
  PlainReader(const View& view, std::string_view json, Arena& texts, List<Node>& nodes, void* object, Reading& reading)
      : view_(view), tokens_(json, texts), nodes_(nodes), members_(view, object, reading) {}

  bool read() {
    if (tokens_.next() != '{') return false;
    tokens_.take();
    if (tokens_.next() == '}') return false;  // unusual
    for (;;) {
      if (!member()) return false;
      const char byte = tokens_.next();
      if (byte != ',' && byte != '}') return false;
      tokens_.take();
      if (byte == '}') break;
    }
    if (!tokens_.is_end()) return false;
    members_.finish();
    return true;
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
    Node node;
    if (!unknown_) unknown_.emplace();
    const Node* const read = unknown_->add(key) ? value(key, node) : nullptr;
    if (read != nullptr) members_.unknown(*read);
    return read != nullptr;
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
      if (members_.known(at, tokens_)) return true;
      tokens_.back_to(begin);
    }
    Node node;
    const Node* const read = value(row.key, node);
    if (read != nullptr) members_.known(at, *read);
    return read != nullptr;
  }

  /// Reads a value into `scalar`, or into a tree. Returns its node; nullptr if it has a fault or something unusual.
  const Node* value(std::string_view key, Node& scalar) {
    const char byte = tokens_.next();
    if (byte == '{' || byte == '[') {
      if (!tree_.read(tokens_, 1)) return nullptr;
      nodes_.front().key = key;
      return &nodes_.front();
    }
    scalar.key = key;
    return byte != '\0' && tokens_.scalar(scalar) ? &scalar : nullptr;
  }

  const View& view_;
  JsonTokens tokens_;
  List<Node>& nodes_;
  TreeReader tree_{nodes_};
  MemberReader members_;
  std::optional<UnknownKeys> unknown_;
};

}  // namespace

bool read_plain(const View& view, std::string_view json, Arena& texts, List<Node>& nodes, void* object,
                Reading& reading) {
  return !reading.strict() && reading.texts() != nullptr &&
         PlainReader(view, json, texts, nodes, object, reading).read();
}

}  // namespace parley::shape
