// Requests and replies for tests that call a facade without a gateway.
#pragma once

#include "adapters/contract/facade.hpp"

namespace parley::test {

/// A request that owns its text, as a connection's buffer does in the gateway.
class OwnedRequest {
 public:
  explicit OwnedRequest(http::Method method, String path = {}, String query = {});
  OwnedRequest(const OwnedRequest&) = delete;
  OwnedRequest& operator=(const OwnedRequest&) = delete;

  OwnedRequest& header(String name, String value);
  OwnedRequest& body(String text);
  /// Sets the value of the next `:name` segment of the endpoint's pattern.
  OwnedRequest& parameter(String value);

  /// The request. Valid until the object changes or is destroyed.
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

/// A value that every vendor accepts for each `:name` of a pattern: an id, followed by the action where the pattern has one (`:id:merge`).
[[nodiscard]] List<String> parameters_of(std::string_view pattern,
                                         std::string_view id = "3d59f909-24cd-43bc-89cb-00a320617c0a");

/// A path of the endpoint, with `parameter` in place of each `:name` of the pattern; an action behind the name stays. The default is an id
/// that every vendor accepts.
[[nodiscard]] std::string path_of(const contract::Endpoint& endpoint,
                                  std::string_view parameter = "3d59f909-24cd-43bc-89cb-00a320617c0a");

/// The endpoint with that method and pattern. Throws std::runtime_error if the facade has none.
[[nodiscard]] const contract::Endpoint& endpoint(const contract::Facade& facade, http::Method method,
                                                 std::string_view pattern);

/// The operation that the endpoint decodes the request into, or its error.
[[nodiscard]] Result<Operation> decoded_by(const contract::Endpoint& endpoint, const contract::Facade& facade,
                                           const http::Request& request);

/// The reply's header lines, unchanged, one for each list element.
[[nodiscard]] List<String> header_lines(const http::Reply& reply);
/// The value of a reply's header (ASCII case ignored), or empty.
[[nodiscard]] String header_of(const http::Reply& reply, std::string_view name);

}  // namespace parley::test
