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

/// A step a letter: `m` a piece of that letter, `w` wait until the test releases it, `x` an error, `t` an exception.
[[nodiscard]] std::unique_ptr<http::BodySource> make_fake_source(std::string steps, const contract::Executor& executor);

/// Gives back what it is given. `quit` ends it, `later` has it say something by itself, `much` has it say very much.
[[nodiscard]] std::unique_ptr<http::Upgrade> make_fake_echo(const contract::Executor& executor);

}  // namespace parley::test
