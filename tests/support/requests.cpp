// Requests and replies without a socket.
#include "tests/support/requests.hpp"

#include <stdexcept>

#include "schemas/ascii.hpp"

namespace parley::test {

OwnedRequest::OwnedRequest(http::Method method, String path, String query)
    : path_(std::move(path)), query_(std::move(query)), target_(query_.empty() ? path_ : path_ + '?' + query_) {
  request_.method = method;
}

OwnedRequest& OwnedRequest::header(String name, String value) {
  texts_.emplace_back(std::move(name), std::move(value));
  return *this;
}

OwnedRequest& OwnedRequest::body(String text) {
  body_ = std::move(text);
  return *this;
}

OwnedRequest& OwnedRequest::parameter(String value) {
  parameters_.push_back(std::move(value));
  return *this;
}

const http::Request& OwnedRequest::get() {
  headers_.clear();
  for (const auto& [name, value] : texts_) headers_.push_back({name, value});
  request_.target = target_;
  request_.path = path_;
  request_.query = query_;
  request_.headers = headers_;
  request_.body = body_;
  request_.peer = "127.0.0.1";
  request_.parameters = parameters_;
  return request_;
}

namespace {

/// The action of a segment such as `:id:merge`, or empty.
std::string_view action_of(std::string_view segment) noexcept {
  const std::size_t colon = segment.find(':', 1);
  return colon == std::string_view::npos ? std::string_view() : segment.substr(colon);
}

}  // namespace

List<String> parameters_of(std::string_view pattern, std::string_view id) {
  List<String> values;
  for (std::size_t at = 0; (at = pattern.find("/:", at)) != std::string_view::npos; ++at) {
    const std::string_view segment = pattern.substr(at + 1, pattern.find('/', at + 1) - at - 1);
    values.push_back(String(id).append(action_of(segment)));
  }
  return values;
}

std::string path_of(const contract::Endpoint& endpoint, std::string_view parameter) {
  std::string path(endpoint.pattern);
  for (std::size_t at = 0; (at = path.find("/:", at)) != std::string::npos;) {
    const std::size_t size = std::min(path.find('/', at + 1), path.size()) - at - 1;
    const std::string value = std::string(parameter).append(action_of(std::string_view(path).substr(at + 1, size)));
    path.replace(at + 1, size, value);
    at += 1 + value.size();
  }
  return path;
}

const contract::Endpoint& endpoint(const contract::Facade& facade, http::Method method, std::string_view pattern) {
  for (const contract::Endpoint& one : facade.endpoints()) {
    if (one.method == method && one.pattern == pattern) return one;
  }
  throw std::runtime_error("no endpoint " + String(name_of(method)) + ' ' + String(pattern));
}

namespace {

/// As the gateway does, with the whole body as one piece, and without a backend.
Result<Operation> received_by(const contract::Endpoint& endpoint, const contract::Facade& facade,
                              const http::Request& request) {
  Result<std::unique_ptr<contract::Receiver>> receiver = endpoint.receive(facade, request);
  if (!receiver) return std::move(receiver).error();
  if (Result<void> taken = (*receiver)->take(request.body); !taken) return std::move(taken).error();
  while ((*receiver)->next_part()) {
  }
  if (Result<void> finished = (*receiver)->finish(); !finished) return std::move(finished).error();
  while ((*receiver)->next_part()) {
  }
  return (*receiver)->operation();
}

}  // namespace

Result<Operation> decoded_by(const contract::Endpoint& endpoint, const contract::Facade& facade,
                             const http::Request& request) {
  if (endpoint.receive != nullptr) return received_by(endpoint, facade, request);
  contract::Decoded decoded;
  if (Result<void> done = endpoint.decode(facade, request, decoded); !done) return std::move(done).error();
  return *std::move(decoded.operation);
}

List<String> header_lines(const http::Reply& reply) {
  List<String> lines;
  std::string_view rest = reply.headers();
  while (!rest.empty()) {
    const std::size_t end = rest.find("\r\n");
    lines.emplace_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 2);
  }
  return lines;
}

String header_of(const http::Reply& reply, std::string_view name) {
  for (const String& line : header_lines(reply)) {
    const std::size_t colon = line.find(": ");
    if (colon != String::npos && ascii::same_ignoring_case(std::string_view(line).substr(0, colon), name))
      return line.substr(colon + 2);
  }
  return {};
}

}  // namespace parley::test
