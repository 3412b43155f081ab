// Reads /proc, like Prometheus' own clients.
#include "gateway/observe/process.hpp"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace parley::gateway::observe {
namespace {

std::uint64_t count_descriptors() {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir("/proc/self/fd"), &::closedir);
  if (!folder) return 0;
  std::uint64_t count = 0;
  while (const dirent* entry = ::readdir(folder.get())) count += entry->d_name[0] != '.' ? 1 : 0;
  return count == 0 ? 0 : count - 1;  // one is the open folder itself
}

double boot_time() {
  std::ifstream file("/proc/stat");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("btime ")) return std::stod(line.substr(6));
  }
  return 0;
}

}  // namespace

ProcessFigures measure_process() {
  ProcessFigures figures;
  figures.open_descriptors = count_descriptors();
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) figures.most_descriptors = limit.rlim_cur;
  timespec used{};
  if (::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0) {
    figures.cpu_seconds = static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
  }
  std::ifstream file("/proc/self/stat");
  std::string line;
  std::getline(file, line);
  // The fields follow the name, which is in brackets and may hold any character. Numbers of fields are those of proc(5).
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return figures;
  std::istringstream fields(line.substr(name_end + 1));
  std::string skipped;
  for (int field = 3; field < 20; ++field) fields >> skipped;
  std::uint64_t started = 0;
  std::uint64_t pages = 0;
  fields >> figures.threads >> skipped >> started >> figures.virtual_bytes >> pages;
  figures.resident_bytes = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  figures.started = boot_time() + static_cast<double>(started) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  return figures;
}

}  // namespace parley::gateway::observe
