// A temporary directory for a test, and small functions for files.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace parley::test {

/// An empty directory in the system's temporary directory. The destructor removes it with its content.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  /// The absolute path of `name` in the directory, as text.
  [[nodiscard]] std::string operator/(std::string_view name) const { return (path_ / name).string(); }
  /// Writes a file and returns its absolute path. Throws std::runtime_error on failure.
  std::string write(std::string_view name, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

/// The bytes of a file. Throws std::runtime_error if it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

/// The absolute path of a file of the project.
[[nodiscard]] std::string project_file(std::string_view name);

/// The path of the program under test: what PARLEY_PROGRAM in the environment names, else that of this build.
[[nodiscard]] std::string program();

/// The content of a file in tests/golden.
[[nodiscard]] std::string golden(std::string_view name);

}  // namespace parley::test
