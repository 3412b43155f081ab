// See file_reply.hpp.
#include "adapters/contract/file_reply.hpp"

#include "adapters/http/file_name.hpp"
#include "adapters/http/sniff.hpp"

namespace parley::contract {
namespace {

class FileSource final : public http::BodySource {
 public:
  explicit FileSource(const OpenedFile& opened)
      : bytes_(opened.bytes), parts_(opened.file->parts), left_(size_of(opened)) {}

  Result<Progress> read(Buffer& out, http::Waker&) override {
    if (next_ >= parts_) return Progress::end;
    const std::size_t before = out.size();
    if (Result<void> read = bytes_->read(next_, out); !read) return std::move(read).error();
    const std::uint64_t made = out.size() - before;
    ++next_;
    // The client was told how many bytes come.
    if (made > left_ || (next_ == parts_ && made != left_)) {
      out.truncate(before);
      return Error{
          .code = Code::internal, .message = "internal error", .detail = "a file has another size than its record"};
    }
    left_ -= made;
    return next_ == parts_ ? Progress::end : Progress::more;
  }
  [[nodiscard]] std::uint64_t held() const noexcept override { return 0; }

  static std::uint64_t size_of(const OpenedFile& opened) noexcept {
    return opened.file->size < 0 ? 0 : static_cast<std::uint64_t>(opened.file->size);
  }

 private:
  std::shared_ptr<FileBytes> bytes_;
  std::int64_t parts_;
  std::uint64_t left_;
  std::int64_t next_ = 0;
};

}  // namespace

void show_file(const OpenedFile& opened, http::Reply& reply) {
  const File& file = *opened.file;
  const bool in_page = http::may_be_inline(file.type);
  reply.status = 200;
  reply.content_type = http::type_to_send(file.type);
  reply.add("Content-Disposition", http::content_disposition(in_page ? "inline" : "attachment", file.name));
  reply.add("X-Content-Type-Options", "nosniff");
  reply.add("Content-Security-Policy", "default-src 'none'; sandbox");
  reply.add("Referrer-Policy", "no-referrer");
  reply.add("Cache-Control", "private, no-cache");
  if (!opened.bytes || file.parts <= 0) return;
  reply.length = FileSource::size_of(opened);
  reply.source = std::make_unique<FileSource>(opened);
}

}  // namespace parley::contract
