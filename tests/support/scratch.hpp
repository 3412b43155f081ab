// A directory of a test's own, gone with it; and small file helpers.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace parley::test {

/// An empty directory under the system's temporary one; removed with all in it.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  /// The absolute path of `name` in it, as text.
  [[nodiscard]] std::string operator/(std::string_view name) const { return (path_ / name).string(); }
  /// Writes a file; its absolute path.
  std::string write(std::string_view name, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

/// A file's bytes. Throws std::runtime_error where it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

/// The absolute path of a file of the project.
[[nodiscard]] std::string project_file(std::string_view name);

/// The program under test.
[[nodiscard]] std::string program();

/// A file of tests/golden.
[[nodiscard]] std::string golden(std::string_view name);

}  // namespace parley::test
