// mkdtemp makes the directory, so that tests that run at the same time have different ones.
#include "tests/support/scratch.hpp"

#include <stdlib.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace parley::test {

Scratch::Scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "parley-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp: " + name);
  path_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Scratch::write(std::string_view name, std::string_view text) const {
  const std::filesystem::path file = path_ / name;
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
  return file.string();
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string project_file(std::string_view name) { return (std::filesystem::path(PARLEY_SOURCE_DIR) / name).string(); }

std::string program() {
  const char* named = std::getenv("PARLEY_PROGRAM");
  return named ? named : PARLEY_BINARY;
}

std::string golden(std::string_view name) { return read_file(project_file("tests/golden/" + std::string(name))); }

}  // namespace parley::test
