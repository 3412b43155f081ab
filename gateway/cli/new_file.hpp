// Files that a command writes whole: until one has its final name, it is not whole.
#pragma once

#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::gateway::cli {

/// `FILE: WHAT: ` and the reason of errno.
[[nodiscard]] Error file_error(const String& file, const char* what);

/// Whether there is a file of any type with this name, also a link that leads nowhere.
[[nodiscard]] bool is_there(const String& path);

/// Gives a file, which is written and closed or not, its final name once it is on the disk. Never replaces a file. Errors: unavailable.
[[nodiscard]] Result<void> give_name(const String& unfinished, const String& final);

/// `FILE.partial`, in which a command writes `FILE` in order. One that was interrupted can be continued by a command that writes the same
/// bytes: what agrees stays, and from the first difference on the file is written anew. So the file is always what one run would have written.
/// Only its owner can read it.
class PartialFile {
 public:
  PartialFile() = default;
  ~PartialFile();
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  /// `begin`: how each such file begins. `go_on`: continue a partial file, if there is one. Errors: unavailable (FILE exists; a partial
  /// file exists and `go_on` is false, or another process writes it, or it begins differently; the disk).
  [[nodiscard]] Result<void> open(const String& file, std::string_view begin, bool go_on);
  [[nodiscard]] Result<void> write(std::string_view bytes);
  /// Removes what an earlier run wrote beyond the end, and gives the file its name. Errors: unavailable.
  [[nodiscard]] Result<void> finish();
  /// The bytes of an earlier run that have stayed.
  [[nodiscard]] std::size_t kept() const noexcept { return kept_; }

 private:
  [[nodiscard]] Result<void> compare(std::string_view& bytes);

  String file_;
  String path_;
  int descriptor_ = -1;
  bool compares_ = false;  // an earlier run wrote more
  std::size_t kept_ = 0;
};

}  // namespace parley::gateway::cli
