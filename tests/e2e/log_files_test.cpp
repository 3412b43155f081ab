// Rotation: SIGUSR1 opens the log files again and does nothing else, and logrotate accepts Parley's file.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <sstream>

#include "tests/support/operated.hpp"

namespace parley::test {
namespace {

constexpr const char* visitor = "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd";

std::size_t lines_in(const std::string& file) {
  std::istringstream text(read_file(file));
  std::size_t count = 0;
  for (std::string line; std::getline(text, line);) ++count;
  return count;
}

std::string logging_to(const std::string& file) { return "log: {access: \"" + file + "\"}\n"; }

bool has_logrotate() {
  if (run({.command = {"logrotate", "--version"}}).code == 0) return true;
  MESSAGE("skipped: no logrotate here");
  return false;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("SIGUSR1 opens the access log again, and changes nothing else" * doctest::skip(!built_with({"rocketchat"}))) {
  const Scratch logs;
  const std::string log = logs / "access.log";
  Operated parley({}, logging_to(log));
  CHECK(parley.ask("GET", visitor).status == 200);
  std::filesystem::rename(log, log + ".1");
  parley.replace("server: [");  // a reload would report this fault
  for (int round = 0; round < 3; ++round) parley.process().signal(SIGUSR1);
  parley.process().wait_for_lines("the log files are opened again");
  CHECK(parley.ask("GET", visitor).status == 200);
  CHECK(parley.ask("GET", visitor).status == 200);
  const std::string state = parley.admin("GET", "/state").body;
  CHECK(value_at(state, "/revision") == "1");
  CHECK(value_at(state, "/reloads/good") == "0");
  CHECK(value_at(state, "/reloads/failed") == "0");
  parley.process().signal(SIGTERM);
  CHECK(parley.process().wait().code == 0);
  const std::size_t after = lines_in(log);
  CHECK(after >= 2);  // the first line may have been written late
  CHECK(after + lines_in(log + ".1") == 3);
}

TEST_CASE("SIGUSR1 without a log file, or with one that cannot be opened: the process continues" *
          doctest::skip(!built_with({"rocketchat"}))) {
  Operated without;
  without.process().signal(SIGUSR1);
  without.process().wait_for_lines("the log files are opened again");
  CHECK(without.ask("GET", visitor).status == 200);

  const Scratch logs;
  std::filesystem::create_directory(logs.path() / "sub");
  Operated parley({}, logging_to(logs / "sub/access.log"));
  std::filesystem::rename(logs.path() / "sub", logs.path() / "moved");
  parley.process().signal(SIGUSR1);
  parley.process().wait_for_lines("cannot open the access log " + (logs / "sub/access.log"));
  CHECK(parley.ask("GET", visitor).status == 200);
  parley.process().signal(SIGTERM);
  CHECK(parley.process().wait().code == 0);
  CHECK(lines_in(logs / "moved/access.log") == 1);  // the old one stays in use
}

TEST_CASE("logrotate accepts the file that comes with Parley") {
  if (!has_logrotate()) return;
  const Scratch scratch;
  const std::string shipped = read_file(project_file("config/systemd/parley.logrotate"));
  const Finished checked = run({.command = {"logrotate", "-d", scratch.write("parley", shipped)}});
  CAPTURE(checked.err);
  CHECK(checked.code == 0);
  CHECK(checked.err.find("error") == std::string::npos);
  CHECK(checked.err.find("unknown option") == std::string::npos);
  CHECK(checked.err.find("rotating pattern: /var/log/parley/*.log") != std::string::npos);
  // Shows that the check can fail: a word that logrotate does not know. Since 3.22 it is only warned of.
  const std::string bad = replaced(shipped, "    daily\n", "    dayly\n");
  CHECK(run({.command = {"logrotate", "-d", scratch.write("bad", bad)}}).err.find("unknown option") !=
        std::string::npos);
}

TEST_CASE("a rotation by logrotate loses no line" * doctest::skip(!built_with({"rocketchat"}))) {
  if (!has_logrotate()) return;
  const Scratch logs;
  const Scratch scratch;
  Operated parley({}, logging_to(logs / "access.log"));
  CHECK(parley.ask("GET", visitor).status == 200);
  std::string rules = read_file(project_file("config/systemd/parley.logrotate"));
  rules = replaced(rules, "/var/log/parley/*.log", logs / "*.log");
  rules = replaced(rules, "    notifempty\n", "");  // the line may be written late
  rules = replaced(rules, "systemctl kill --kill-whom=main --signal=USR1 parley.service",
                   "kill -USR1 " + std::to_string(parley.process().id()));
  const Finished rotated =
      run({.command = {"logrotate", "-f", "-s", scratch / "status", scratch.write("parley", rules)}});
  CAPTURE(rotated.err);
  CHECK(rotated.code == 0);
  parley.process().wait_for_lines("the log files are opened again");
  CHECK(parley.ask("GET", visitor).status == 200);
  parley.process().signal(SIGTERM);
  CHECK(parley.process().wait().code == 0);
  CHECK(lines_in(logs / "access.log") >= 1);
  CHECK(lines_in(logs / "access.log") + lines_in(logs / "access.log.1") == 2);
}

}  // namespace parley::test
