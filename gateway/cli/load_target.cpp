// The two targets of a load; see load_target.hpp.
#include "gateway/cli/load_target.hpp"

#include <iostream>

#include "adapters/http/percent.hpp"
#include "gateway/admin/client.hpp"

namespace parley::gateway::cli {
namespace {

class OwnStore final : public LoadTarget {
 public:
  explicit OwnStore(std::unique_ptr<contract::Backend> backend) : backend_(std::move(backend)) {}
  Result<void> store(const LoadBatch& batch) override { return backend_->load(batch.records); }

 private:
  std::unique_ptr<contract::Backend> backend_;
};

String target_of(std::string_view backend, std::string_view from) {
  String target = "/load?backend=";
  http::percent_encode(backend, target);
  target += "&from=";
  http::percent_encode(from, target);
  return target;
}

class ServedStore final : public LoadTarget {
 public:
  ServedStore(const config::Admin& admin, std::string_view backend, std::string_view from)
      : endpoint_(*admin.listen), token_(admin.token.value), target_(target_of(backend, from)) {}

  Result<void> store(const LoadBatch& batch) override {
    auto reply = admin::post(endpoint_, target_, token_, batch.lines);
    if (!reply) return std::move(reply).error();
    if (reply->status == 200) return {};
    String said = reply->body;
    while (said.ends_with('\n')) said.pop_back();
    return Error{.code = Code::unavailable,
                 .message = "the admin listener at " + endpoint_.text() + " answers " + std::to_string(reply->status) +
                            ": " + said};
  }
  [[nodiscard]] bool sends() const noexcept override { return true; }

 private:
  config::Endpoint endpoint_;
  String token_;
  String target_;
};

}  // namespace

Result<std::unique_ptr<LoadTarget>> open_load_target(const config::Settings& settings, const config::Backend& backend,
                                                     std::string_view from, Streams streams) {
  auto opened = contract::find_adapter(backend.kind)->open_backend(backend);
  if (opened) return std::unique_ptr<LoadTarget>(std::make_unique<OwnStore>(std::move(*opened)));

  Error error = std::move(opened).error();
  if (!error.detail.empty()) error.message += ' ' + error.detail;
  if (!error.retryable) return error;
  const config::Admin& admin = settings.admin;
  if (!admin.listen || admin.listen->port == 0) {
    error.message +=
        "; a store that is being served is loaded through its gateway: give the configuration an admin listener with a "
        "port, such as "
        "admin: {listen: \"127.0.0.1:9090\"}, and start the gateway with it";
    return error;
  }
  streams.err << "parley: the store is being served: loading through the admin listener at " << admin.listen->text()
              << '\n';
  return std::unique_ptr<LoadTarget>(std::make_unique<ServedStore>(admin, backend.name, from));
}

}  // namespace parley::gateway::cli
