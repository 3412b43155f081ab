// Credentials that must be fetched and that expire. One caller fetches, on its own worker; all other callers wait for it.
#pragma once

#include <chrono>
#include <memory>

#include "adapters/upstream/client.hpp"

namespace parley::upstream {

/// What an authorized request carries. Never in a log, a URL or an error.
struct Credential {
  Headers headers;
  String renewal;  ///< what the vendor requires to renew it, such as a refresh token
  /// From this time on it is renewed before it is used.
  std::chrono::steady_clock::time_point renew_at = std::chrono::steady_clock::time_point::max();
};

/// The vendor's way of handing out credentials.
class CredentialSource {
 public:
  virtual ~CredentialSource() = default;
  /// Fetches a new credential. `last` is the previous one, or nullptr. Called for one caller at a time, with the client
  /// of that caller's worker. Errors: upstream_denied, and those of Client::send.
  virtual contract::Task<Result<Credential>> fetch(Client& client, const Credential* last,
                                                   const contract::Call& call) = 0;
};

/// The credential for one upstream, shared by all workers.
class Credentials {
 public:
  /// A fixed credential, which is never renewed.
  explicit Credentials(Credential fixed);
  explicit Credentials(std::unique_ptr<CredentialSource> source);
  ~Credentials();

  /// Sends `request` with the credential's headers. After a 401 it renews the credential once, if it can be renewed,
  /// and sends again: a refused request was not executed. Errors: as CredentialSource::fetch and Client::send;
  /// upstream_denied if the answer is still 401.
  contract::Task<Result<Response>> send(Client& client, const Request& request, const contract::Call& call);

 private:
  class Impl;
  contract::Task<Result<Response>> send_renewed(Client& client, const Request& request, const contract::Call& call);

  std::shared_ptr<Impl> impl_;  // shared with coroutines that may outlive this object
};

}  // namespace parley::upstream
