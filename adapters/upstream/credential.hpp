// Credentials that have to be fetched and go out of date. One caller fetches, on whichever worker; the others wait for it.
#pragma once

#include <chrono>
#include <memory>

#include "adapters/upstream/client.hpp"

namespace parley::upstream {

/// What an authorized request carries. Never in a log, a URL or an error.
struct Credential {
  Headers headers;
  String renewal;  ///< what the vendor wants for the next one, such as a refresh token
  /// From then on it is renewed before it is used.
  std::chrono::steady_clock::time_point renew_at = std::chrono::steady_clock::time_point::max();
};

/// How a vendor hands credentials out.
class CredentialSource {
 public:
  virtual ~CredentialSource() = default;
  /// Gets a new one; `last` is the one before, or nullptr. Called for one caller at a time, with that worker's client.
  /// Errors: upstream_denied, and those of Client::send.
  virtual contract::Task<Result<Credential>> fetch(Client& client, const Credential* last,
                                                   const contract::Call& call) = 0;
};

/// The credential of one upstream, for all workers.
class Credentials {
 public:
  /// A credential that is simply there.
  explicit Credentials(Credential fixed);
  explicit Credentials(std::unique_ptr<CredentialSource> source);
  ~Credentials();

  /// Sends `request` with the credential's headers. A 401 renews it once, where it can be renewed, and sends again (a
  /// refused request was not executed). Errors: as CredentialSource::fetch and Client::send; upstream_denied where a 401
  /// remains.
  contract::Task<Result<Response>> send(Client& client, const Request& request, const contract::Call& call);

 private:
  class Impl;
  contract::Task<Result<Response>> send_renewed(Client& client, const Request& request, const contract::Call& call);

  std::shared_ptr<Impl> impl_;  // shared with coroutines that may go after it
};

}  // namespace parley::upstream
