// Reads a document straight into a record; see scan_json.hpp.
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
    if (guess < view_.rows.size() && tokens_.take_text(view_.rows[guess].quoted)) {
      return value(view_.rows[guess].key, static_cast<int>(guess));
    }
    std::string_view key;
    if (!tokens_.string(key) || tokens_.next() != ':') return false;
    tokens_.take();
    return value(key, view_.find(key));
  }

  bool value(std::string_view key, int row) {
    if (row < 0 ? !unknown_.add(key) : (members_.seen() >> static_cast<unsigned>(row) & 1U) != 0) return false;
    const char byte = tokens_.next();
    if (byte == '{' || byte == '[') {
      if (!tree_.read(tokens_, 1)) return false;
      nodes_.front().key = key;
      pass(row, nodes_.front());
      return true;
    }
    Node node;
    node.key = key;
    if (byte == '\0' || !tokens_.scalar(node)) return false;
    pass(row, node);
    return true;
  }
  void pass(int row, const Node& node) {
    row < 0 ? members_.unknown(node) : members_.known(static_cast<std::size_t>(row), node);
  }

  const View& view_;
  JsonTokens tokens_;
  List<Node>& nodes_;
  TreeReader tree_{nodes_};
  MemberReader members_;
  UnknownKeys unknown_;
};

}  // namespace

bool read_plain(const View& view, std::string_view json, Arena& texts, List<Node>& nodes, void* object,
                Reading& reading) {
  return !reading.strict() && PlainReader(view, json, texts, nodes, object, reading).read();
}

}  // namespace parley::shape
