// The text of a request's body; see body_text.hpp.
#include "gateway/pipeline/body_text.hpp"

#include <utility>

#include "gateway/pipeline/content_coding.hpp"
#include "gateway/pipeline/refuse.hpp"

namespace parley::gateway::pipeline {
namespace {

Result<std::string_view> unpack(Exchange& x) {
  const Result<Codings> codings = read_codings(x.request.headers);
  if (!codings) return codings.error();
  std::string_view text = x.body.bytes;
  Buffer& unpacked = x.buffers.unpacked;
  Buffer packed;  // the result of the previous coding, if there are several
  limit::Memory& memory = x.worker.totals.memory;
  const auto may_hold = [&] {
    x.buffers.unpacked_share.set(memory, unpacked.capacity() + packed.capacity());
    return memory.used() < x.limits().memory;
  };
  const auto list = codings->list();
  for (auto coding = list.rbegin(); coding != list.rend(); ++coding) {
    if (coding != list.rbegin()) {
      packed = std::exchange(unpacked, Buffer());
      text = packed.view();
    }
    switch (x.worker.inflater.unpack(*coding, text, x.limits().body, unpacked, may_hold)) {
      case http::Unpacked::good:
        text = unpacked.view();
        break;
      case http::Unpacked::not_packed:
        return Error{.code = Code::unsupported_coding,
                     .message = "the request body is something else than its Content-Encoding says"};
      case http::Unpacked::damaged:
        return Error{.code = Code::malformed_body, .message = "the packed request body is cut off or damaged"};
      case http::Unpacked::too_large:
        return Error{.code = Code::body_too_large, .message = "request body too large, unpacked"};
      case http::Unpacked::no_room:
        return overloaded(x.worker);
    }
  }
  return text;
}

}  // namespace

Result<void> check_coding(const Exchange& x) {
  if (!x.body.coded) return {};
  const Result<Codings> codings = read_codings(x.request.headers);
  return codings ? Result<void>() : codings.error();
}

Result<std::string_view> text_of_body(Exchange& x) {
  if (!x.body.coded || x.body.bytes.empty()) return x.body.bytes;
  return unpack(x);
}

}  // namespace parley::gateway::pipeline
