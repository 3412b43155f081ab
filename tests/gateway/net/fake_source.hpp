// What a reply of the fake vendor can end in: a source whose steps the test writes down, and a protocol that gives back what it is given.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "adapters/contract/backend.hpp"
#include "adapters/http/body_source.hpp"
#include "adapters/http/upgrade.hpp"

namespace parley::test {

/// What the sources of all workers share with the test.
struct FakeSources {
  std::atomic<int> alive{0};
  std::atomic<int> read{0};             ///< pieces
  std::atomic<std::size_t> piece{100};  ///< bytes of one
  std::atomic<std::uint64_t> held{0};
  std::atomic<bool> release{false};  ///< lets a wait end
};
inline FakeSources fake_sources;

/// Each letter is a step: `w` waits for `release`, `x` is an error, `t` an exception; any other letter is a piece of that
/// letter.
[[nodiscard]] std::unique_ptr<http::BodySource> make_fake_source(std::string steps, const contract::Executor& executor);

/// Echoes its input. `quit` ends it; after `later` it sends a word by itself; after `much` it sends 64 MiB.
[[nodiscard]] std::unique_ptr<http::Upgrade> make_fake_echo(const contract::Executor& executor);

}  // namespace parley::test
