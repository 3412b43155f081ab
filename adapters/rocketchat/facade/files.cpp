// See files.hpp. What the bytes of a file are decides how it is shown, not what its sender says.
#include "adapters/rocketchat/facade/files.hpp"

#include <algorithm>

#include "adapters/contract/file_reply.hpp"
#include "adapters/http/file_name.hpp"
#include "adapters/http/multipart.hpp"
#include "adapters/http/percent.hpp"
#include "adapters/http/sniff.hpp"
#include "adapters/io/digest.hpp"
#include "adapters/login/credentials.hpp"
#include "adapters/rocketchat/errors.hpp"
#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/chat_texts.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/repair.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;
using http::Request;

constexpr std::size_t part_size = 256 * 1024;      // of a file, as the backend keeps it
constexpr std::size_t most_of_form = 64 * 1024;    // bytes of all fields but the file
constexpr std::uint64_t around_file = 256 * 1024;  // bytes of a body that are not of the file
constexpr std::size_t longest_type = 128;
constexpr std::string_view svg = "image/svg+xml";  // can have scripts; the vendor refuses it, too

Error strange() { return {.code = Code::not_the_visitors_chat, .message = "unauthorized"}; }

/// Whether a list names a media type: `image/png`, or `image/*`.
bool has_type(const List<String>& list, std::string_view type) noexcept {
  return std::ranges::any_of(list, [type](const String& one) {
    const bool group = one.ends_with("/*");
    return group ? ascii::starts_ignoring_case(type, std::string_view(one).substr(0, one.size() - 1))
                 : ascii::same_ignoring_case(one, type);
  });
}

bool is_taken(const Files& files, std::string_view type) noexcept {
  if (files.refused.empty() && ascii::same_ignoring_case(type, svg)) {
    return std::ranges::find(files.types, svg) != files.types.end();
  }
  if (has_type(files.refused, type)) return false;
  return files.types.empty() || has_type(files.types, type);
}

/// A media type as its sender said it: without parameters, and only if it looks like one.
std::string_view type_of(std::string_view content_type) noexcept {
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  const bool good =
      type.size() <= longest_type && type.find('/') != std::string_view::npos &&
      std::ranges::all_of(type, [](char byte) {
        return ascii::is_letter_or_digit(byte) || std::string_view("/.+-_!#$&^").find(byte) != std::string_view::npos;
      });
  return good ? type : std::string_view("application/octet-stream");
}

class Upload final : public contract::Receiver, private http::FormSink {
 public:
  Upload(const Facade& facade, const Request& request, std::string_view token) : facade_(facade) {
    GetChat open;
    open.chat.id.text = request.parameters[0];
    open.chat.token = Text(token);
    open.chat.must = ChatRef::Must::be_open;
    check_ = open;
    post_.chat = open.chat;
    post_.author.kind = ActorKind::visitor;
    post_.file.id.text = ids::new_random17();
    const std::optional<String> boundary = http::boundary_of(request.header("Content-Type").value_or(""));
    if (boundary) form_.emplace(*boundary, static_cast<http::FormSink&>(*this));
  }

  [[nodiscard]] const Operation& check() const noexcept override { return check_; }
  [[nodiscard]] std::uint64_t most() const noexcept override { return facade_.files().size + around_file; }
  [[nodiscard]] Error too_large() const override {
    return fault(by_upload, Code::body_too_large, "error-size-not-allowed", "file");
  }

  Result<void> take(std::string_view bytes) override {
    if (!form_) return no_form();
    return form_->take(bytes);
  }

  std::optional<Part> next_part() override {
    bytes_.erase(0, std::exchange(handed_, 0));
    if (bytes_.size() < part_size && (!finished_ || bytes_.empty())) return {};
    handed_ = std::min(bytes_.size(), part_size);
    return Part{post_.file.parts++, std::string_view(bytes_).substr(0, handed_)};
  }

  Result<void> finish() override {
    if (!form_) return no_form();
    if (!form_->complete())
      return Error{.code = Code::malformed_body, .message = "the form is malformed: it is cut off"};
    if (!has_file_) return fault(by_upload, Code::invalid_field, "error-no-file-uploaded", "file");
    finished_ = true;
    return {};
  }

  Operation operation() override {
    File& file = post_.file;
    file.size = static_cast<std::int64_t>(size_);
    file.sha256 = digest_.end();
    post_.url = file_url(file);
    return post_;
  }

  [[nodiscard]] const FileId& file() const noexcept override { return post_.file.id; }
  [[nodiscard]] std::size_t held() const noexcept override {
    return bytes_.capacity() + fields_ + (form_ ? form_->held() : 0);
  }

 private:
  static Error no_form() {
    return {.code = Code::unsupported_media, .message = "the body must be multipart/form-data with a boundary"};
  }
  static String file_url(const File& file) {
    String url = String(contract::file_path) + file.id.text.str() + '/';
    http::percent_encode(http::safe_file_name(file.name), url);
    return url;
  }

  Result<void> begin(const http::FormPart& part) override {
    in_file_ = part.file_name.has_value();
    in_description_ = !in_file_ && part.name == "description";
    if (!in_file_) return {};
    if (part.name != "file") return fault(by_name, Code::invalid_field, "invalid-field", "file");
    if (std::exchange(has_file_, true)) {
      return Error{.code = Code::malformed_body, .message = "Just 1 file is allowed", .field = "file"};
    }
    post_.file.name = shape::replace_bad_utf8(*part.file_name);
    post_.file.claimed_type = type_of(part.content_type);
    return check_type(post_.file.claimed_type);
  }

  Result<void> add(std::string_view bytes) override {
    if (!in_file_) return add_to_field(bytes);
    size_ += bytes.size();
    if (size_ > facade_.files().size) return too_large();
    digest_.add(bytes);
    bytes_.append(bytes);
    if (begin_.size() >= http::sniffed_bytes) return {};
    begin_.append(bytes.substr(0, http::sniffed_bytes - begin_.size()));
    return begin_.size() < http::sniffed_bytes ? Result<void>() : sniff();
  }

  Result<void> end() override {
    const bool sniffed = begin_.size() >= http::sniffed_bytes;
    if (in_file_ && !sniffed) return sniff();
    if (!std::exchange(in_description_, false)) return {};
    post_.caption = shape::replace_bad_utf8(description_);
    return check_visitors_text(facade_.widget(), post_.caption, "description");
  }

  Result<void> add_to_field(std::string_view bytes) {
    fields_ += bytes.size();
    if (fields_ > most_of_form)
      return Error{.code = Code::malformed_body, .message = "the fields of the form are too long"};
    if (!in_description_) return {};
    description_.append(bytes);
    return {};
  }

  Result<void> sniff() {
    post_.file.type = http::sniff(begin_);
    return check_type(post_.file.type);
  }
  Result<void> check_type(std::string_view type) const {
    if (is_taken(facade_.files(), type)) return {};
    return fault(by_upload, Code::unsupported_media, "error-type-not-allowed", "file");
  }

  const Facade& facade_;
  Operation check_;
  PostFile post_;
  std::optional<http::Multipart> form_;
  io::Sha256 digest_;
  String bytes_;  // of the file, not kept yet
  String begin_;  // of the file
  String description_;
  std::size_t handed_ = 0;  // bytes of the part that was handed out
  std::uint64_t size_ = 0;
  std::size_t fields_ = 0;
  bool has_file_ = false;
  bool in_file_ = false;
  bool in_description_ = false;
  bool finished_ = false;
};

/// The value of a cookie; empty where it is missing.
std::string_view cookie_of(const Request& request, std::string_view name) noexcept {
  std::string_view cookies = request.header("Cookie").value_or("");
  while (!cookies.empty()) {
    const std::size_t end = cookies.find(';');
    const std::string_view cookie = trim(cookies.substr(0, end));
    if (cookie.starts_with(name) && cookie.substr(name.size()).starts_with('=')) return cookie.substr(name.size() + 1);
    cookies = end == std::string_view::npos ? std::string_view{} : cookies.substr(end + 1);
  }
  return {};
}

/// The decoded value of a cookie; the vendor's pages write cookies with encodeURIComponent.
String decoded_cookie(const Request& request, std::string_view name) {
  return http::percent_decode(cookie_of(request, name), false).value_or(String());
}

/// A size as the vendor's library of sizes writes it: `16 MB`, `1.5 KB`.
String shown_size(std::uint64_t bytes) {
  constexpr std::string_view units[] = {" B", " KB", " MB", " GB"};
  std::size_t unit = 0;
  std::uint64_t scale = 1;
  while (unit + 1 < std::size(units) && bytes / scale >= 1024) {
    scale *= 1024;
    ++unit;
  }
  const std::uint64_t hundredths = (bytes * 100 + scale / 2) / scale;
  String text = std::to_string(hundredths / 100);
  if (const std::uint64_t rest = hundredths % 100; rest != 0) {
    text.append(rest < 10 ? ".0" : ".").append(std::to_string(rest % 10 == 0 ? rest / 10 : rest));
  }
  return text.append(units[unit]);
}

}  // namespace

Result<std::unique_ptr<contract::Receiver>> receive_file(const Facade& facade, const Request& request) {
  const std::optional<std::string_view> token = request.header("X-Visitor-Token");
  if (!token || token->empty() || login::comes_twice(request, "X-Visitor-Token")) return strange();
  if (!facade.files().enabled) return fault(by_upload, Code::invalid_field, "error-file-upload-disabled");
  return std::unique_ptr<contract::Receiver>(std::make_unique<Upload>(facade, request, *token));
}

Result<void> show_uploaded(const Facade& facade, const PostedMessage& posted, Reply& reply) {
  const shape::View& view = message_view(facade.profile());
  Answer answer(facade, reply);
  shape::write_rows(view, posted.message.get(), ~std::uint64_t{0}, answer.writer());
  if (answer.losses() != nullptr) shape::find_losses(view, posted.message.get(), *answer.losses());
  return answer.end();
}

Result<GetFile> get_file(const Facade& facade, const Request& request) {
  GetFile get;
  get.file.text = request.parameters[0];
  get.any_chat = facade.admit(request).has_value() ||
                 !facade.holder_of(decoded_cookie(request, "rc_uid"), decoded_cookie(request, "rc_token")).empty();
  if (get.any_chat) return get;
  const Result<List<Parameter>> query = parse_query(request.query);
  if (!query || login::asked_twice(request, "rc_token") || login::asked_twice(request, "rc_rid")) return strange();
  const auto from = [&](std::string_view name) {
    String value = value_of(*query, name);
    return value.empty() ? decoded_cookie(request, name) : value;
  };
  get.chat.id.text = from("rc_rid");
  get.chat.token = Text(from("rc_token"));
  if (get.chat.id.empty() || get.chat.token->empty()) return strange();
  return get;
}

Result<void> show_file(const Facade& facade, const OpenedFile& file, Reply& reply) {
  contract::show_file(file, reply);
  facade.add_cors(reply);
  return {};
}

bool write_file_refusal(const Facade& facade, const Error& error, const Refusals* at, Reply& reply) {
  using About = Refusals::About;
  const About about = at == nullptr ? About::other : at->about;
  const bool strange = error.code == Code::no_such_visitor || error.code == Code::not_the_visitors_chat ||
                       error.code == Code::chat_ended || error.code == Code::no_such_chat;
  if (about == About::fetched_file && (strange || error.code == Code::no_such_file)) {
    reply.status = strange ? 403 : 404;
    reply.content_type = {};
    return true;
  }
  if (about == About::sent_file && strange) {
    reply.status = 403;
    reply.body.append(R"({"success":false,"error":"unauthorized"})");
    return true;
  }
  if (error.source != by_upload) return false;
  reply.status = 400;
  shape::Writer writer(reply.body);
  writer.begin_object();
  member(writer, "reason", error.message);
  if (error.code == Code::body_too_large) member(writer, "sizeAllowed", shown_size(facade.files().size));
  writer.key("success");
  writer.boolean(false);
  writer.end_object();
  writer.finish();
  return true;
}

Result<void> Facade::show(const OpenedFile& file, Reply& reply) const { return show_file(*this, file, reply); }

}  // namespace parley::rocketchat
