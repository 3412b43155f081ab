// Cuts a long body into pieces; see body_cutter.hpp.
#include "adapters/http/body_cutter.hpp"

namespace parley::http {
namespace {

/// A source over pieces that are complete already.
class Pieces final : public BodySource {
 public:
  Pieces(List<Buffer> pieces, std::size_t size) : pieces_(std::move(pieces)), left_(size) {}

  Result<Progress> read(Buffer& out, Waker&) override {
    Buffer& next = pieces_[next_++];
    out.append(next.view());
    left_ -= next.size();
    next.release();
    return next_ == pieces_.size() ? Progress::end : Progress::more;
  }
  [[nodiscard]] std::uint64_t held() const noexcept override { return left_; }

 private:
  List<Buffer> pieces_;
  std::size_t next_ = 0;
  std::size_t left_;
};

}  // namespace

void BodyCutter::cut() {
  size_ += reply_.body.size();
  pieces_.push_back(std::exchange(reply_.body, Buffer()));
}

void BodyCutter::reserve() {
  constexpr std::size_t room = BodySource::piece + BodySource::piece / 16;
  Buffer& body = reply_.body;
  if (room < body.bound()) body.prepare(room - body.size());
}

bool BodyCutter::next() {
  Buffer& body = reply_.body;
  if (body.overflowed()) return false;
  if (++begun_ == 2 && body.size() < BodySource::piece && body.size() * records_ > BodySource::piece) reserve();
  if (body.size() < BodySource::piece) return true;
  cut();
  if (size_ > bound_) return false;
  body.bound(bound_ - size_);
  reserve();
  return true;
}

void BodyCutter::finish() {
  if (pieces_.empty() || reply_.body.overflowed()) return;
  cut();
  reply_.source = std::make_unique<Pieces>(std::move(pieces_), size_);
}

}  // namespace parley::http
