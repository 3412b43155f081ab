// A request with its own memory, as a connection's buffer would hold it: for tests that call a facade without a gateway.
#pragma once

#include "adapters/contract/facade.hpp"

namespace parley::test {

class OwnedRequest {
 public:
  explicit OwnedRequest(http::Method method, String path = {}, String query = {});
  OwnedRequest(const OwnedRequest&) = delete;
  OwnedRequest& operator=(const OwnedRequest&) = delete;

  OwnedRequest& header(String name, String value);
  OwnedRequest& body(String text);
  /// The next `:name` segment of the endpoint's pattern.
  OwnedRequest& parameter(String value);

  /// Valid until something is added or the object dies.
  [[nodiscard]] const http::Request& get();

 private:
  http::Request request_;
  String path_;
  String query_;
  String target_;
  String body_;
  List<std::pair<String, String>> texts_;
  List<http::Header> headers_;
  List<String> parameters_;
};

/// A path of the endpoint: `parameter` stands for each `:name` of its pattern. Without one it is an id that any vendor takes.
[[nodiscard]] std::string path_of(const contract::Endpoint& endpoint,
                                  std::string_view parameter = "3d59f909-24cd-43bc-89cb-00a320617c0a");

/// The endpoint of that method and pattern. Throws std::runtime_error where the facade has none.
[[nodiscard]] const contract::Endpoint& endpoint(const contract::Facade& facade, http::Method method,
                                                 std::string_view pattern);

/// What a request to that endpoint is decoded to.
[[nodiscard]] Result<Operation> decoded_by(const contract::Endpoint& endpoint, const contract::Facade& facade,
                                           const http::Request& request);

/// The reply's headers as the wire has them, one list element a line; lines that are no `Name: value` are a failure of
/// the reply and come back as they are.
[[nodiscard]] List<String> header_lines(const http::Reply& reply);
/// The value of a header of the reply, or empty.
[[nodiscard]] String header_of(const http::Reply& reply, std::string_view name);

}  // namespace parley::test
