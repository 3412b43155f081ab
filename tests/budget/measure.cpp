// Measures the cost of one request, and of reading and of writing one document of each shape: `measure PROGRAM SHAPES` prints
// `NAME INSTRUCTIONS ALLOCATIONS` for each case, both counted by callgrind. SHAPES is the program of tests/budget/shapes.cpp.
// A request is the difference between a run with more requests of the case and a run without them, so start and stop do not count.
// The counts are repeatable because client and upstream send nothing before every thread of the program waits.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/support/http_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/scripted_server.hpp"

namespace parley::test {
namespace {

/// GUID in a target, body or record becomes another visitor in each request of the case, and NUMBER in a target another number. So no
/// answer is cached.
struct Case {
  const char* name;
  const char* method;
  const char* target;
  Headers headers;
  int always;          ///< requests in every run, which fill caches and let buffers grow
  int more;            ///< additional requests in the run that measures the case
  const char* record;  ///< a text that each record of the answer has once
  int records;         ///< number of records in the answer
  const char* body = "";
  /// Asks a server of its own, whose store has many visitors: writes make background work, which is not the same in each run.
  bool many = false;
};

const Headers json{{"Content-Type", "application/json"}};
constexpr int most_visitors = 600;  // in the store of the cases that read or change another visitor in each request

const std::vector<Case> cases{
    {"store-hit",
     "GET",
     "/livechat/getContactByChatID/CHAT_fef5015b-8102-457e-b69b-471a55487837?callback=cb",
     {},
     100,
     2000,
     R"("id":"CHAT_fef5015b-8102-457e-b69b-471a55487837")",
     1},
    {"proxy",
     "GET",
     "/proxy/livechat/getContactByChatID/CHAT_GUID?callback=cb",
     {},
     100,
     500,
     R"("id":"CHAT_GUID")",
     1},
    {"proxy-rocketchat-comm100", "GET", "/rocketchat/v4/livechat/visitors/GUID", {}, 100, 500, R"("id":"GUID")", 1},
    {"proxy-enghouse-rocketchat", "GET", "/enghouse/api/v1/rooms.info?roomId=GUID", {}, 100, 500, R"("_id":"GUID")", 1},
    {"comm100-list", "GET", "/v4/livechat/visitors?pageSize=100", {}, 3, 20, R"("name":"192.168.2.128")", 100},
    {"rocketchat-list",
     "GET",
     "/api/v1/livechat/visitors.search?term=192.168&count=100",
     {{"X-User-Id", "user"}, {"X-Auth-Token", "token-of-the-user"}},
     3,
     20,
     R"("name":"192.168.2.128")",
     100},
    {"store-miss", "GET", "/v4/livechat/visitors/GUID", {}, 50, 500, R"("id":"GUID")", 1, "", true},
    {"register", "POST", "/api/v1/livechat/visitor", json, 50, 500, R"("token":"GUID")", 1,
     R"({"visitor":{"token":"GUID","name":"Ann Example","email":"ann@shop.example","phone":"55 51 5555-1234"}})", true},
    {"page-visit", "POST", "/api/v1/livechat/page.visited", json, 50, 500, R"("success":true)", 1,
     R"({"token":"3d59f909-24cd-43bc-89cb-000000000001","rid":"room","pageInfo":{"change":"url","title":"Cart","location":{"href":"https://shop.example/GUID"}}})",
     true},
    {"set-variables", "PUT", "/v4/livechat/visitors/GUID", json, 50, 500, R"("id":"GUID")", 1,
     R"([{"name":"order","value":"4711","url":""}])", true},
    {"agent-status", "PUT", "/v4/livechat/agents/GUID", json, 50, 500, R"("id":"GUID")", 1, R"({"status":"Away"})",
     true},
    {"open-chat",
     "GET",
     "/api/v1/livechat/room?token=token-of-GUID",
     {},
     50,
     500,
     R"("token":"token-of-GUID")",
     1,
     "",
     true},
    {"custom-field", "POST", "/api/v1/livechat/custom.field", json, 50, 500, R"("success":true)", 1,
     R"({"token":"token-of-GUID","key":"address","value":"55 Main Street","overwrite":true})", true},
    {"message", "POST", "/api/v1/livechat/message", json, 50, 500, R"("token":"talker-GUID")", 1,
     R"({"token":"talker-GUID","rid":"room-GUID","msg":"Where is my order 4711?"})", true},
    {"history-miss",
     "GET",
     "/api/v1/livechat/messages.history/room-GUID?token=talker-GUID&end=2025-01-01T00:00:00.000Z",
     {},
     50,
     500,
     R"("msg":"Hello )",
     20,
     "",
     true},
    {"rocketchat-list-miss",
     "GET",
     "/api/v1/livechat/visitors.search?term=&count=100&offset=NUMBER",
     {{"X-User-Id", "user"}, {"X-Auth-Token", "token-of-the-user"}},
     3,
     20,
     R"("_id":)",
     100,
     "",
     true},
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

int occurrences(std::string_view text, std::string_view of) {
  int found = 0;
  for (std::size_t at = text.find(of); at != std::string_view::npos; at = text.find(of, at + of.size())) ++found;
  return found;
}

std::string guid(int number) {
  char text[37];
  std::snprintf(text, sizeof text, "3d59f909-24cd-43bc-89cb-%012x", static_cast<unsigned>(number));
  return text;
}

/// A vendor's example of a document, with the id `id` in place of its own.
std::string example(const char* file, std::string_view own, std::string_view id) {
  return replaced(read_file(project_file(file)), own, id);
}
std::string visitor(std::string_view id) {
  return example("adapters/comm100/samples/visitor.json", "3d59f909-24cd-43bc-89cb-00a320617c0a", id);
}

/// Waits until every thread of the process sleeps. Throws std::runtime_error if the process has ended.
void wait_until_asleep(pid_t process) {
  const std::filesystem::path threads = "/proc/" + std::to_string(process) + "/task";
  for (bool asleep = false; !asleep;) {
    asleep = true;
    for (const auto& thread : std::filesystem::directory_iterator(threads)) {
      std::string stat;
      std::getline(std::ifstream(thread.path() / "stat"), stat);
      const std::size_t state = stat.rfind(") ");
      if (state == std::string::npos) throw std::runtime_error("the program ended");
      if (stat[state + 2] != 'S') asleep = false;
    }
    if (!asleep) std::this_thread::yield();
  }
}

struct Cost {
  double instructions = 0;
  double allocations = 0;
  std::string trigger;  ///< what the program said when it asked for this profile; empty at its end
};

/// The command that counts what `command` does, into the file `profile`.
std::vector<std::string> counted(const std::string& profile, const std::vector<std::string>& command) {
  std::vector<std::string> all{"valgrind", "-q", "--tool=callgrind", "--compress-strings=no",
                               "--callgrind-out-file=" + profile};
  all.insert(all.end(), command.begin(), command.end());
  return all;
}

/// Reads the totals of a callgrind profile that was written with --compress-strings=no.
Cost read_profile(const std::string& file) {
  constexpr std::string_view trigger = "desc: Trigger: Client Request: ";
  Cost cost;
  bool allocates = false;  // whether the called function is an allocation function
  std::ifstream profile(file);
  for (std::string line; std::getline(profile, line);) {
    const std::string_view text = line;
    if (text.starts_with("cfn=")) {
      const std::string_view name = text.substr(4);
      allocates = name == "malloc" || name == "calloc" || name == "realloc" || name == "memalign" ||
                  name == "aligned_alloc" || name == "posix_memalign";
    } else if (text.starts_with("calls=") && allocates) {
      cost.allocations += std::stod(line.substr(6));
    } else if (text.starts_with("totals: ")) {
      cost.instructions = std::stod(line.substr(8));
    } else if (text.starts_with(trigger)) {
      cost.trigger = text.substr(trigger.size());
    }
  }
  if (cost.instructions == 0) throw std::runtime_error("callgrind counted nothing");
  return cost;
}

/// The servers that are measured, each with one worker and one listener. The backends of the first are a store with one contact, one with
/// 100 visitors, and a vendor's server that knows every visitor; that of the second is a store with more visitors.
class Bench {
 public:
  explicit Bench(std::string program) : program_(std::move(program)) {
    load(few_, "contact", "enghouse:contact", read_file(project_file("adapters/enghouse/samples/contact.json")));
    std::string visitors;
    for (int number = 0; number < 100; ++number) visitors += visitor(guid(number)) + '\n';
    load(few_, "visitors", "comm100:visitor", visitors);
    visitors.clear();
    std::string agents;
    std::string with_tokens;
    for (int number = 0; number < most_visitors; ++number) {
      visitors += visitor(guid(number)) + '\n';
      agents += replaced(R"({"id":"GUID","status":"Online","ongoingChats":0})", "GUID", guid(number)) + '\n';
      with_tokens +=
          replaced(R"({"_id":"of-GUID","token":"token-of-GUID","username":"GUID"})", "GUID", guid(number)) + '\n';
    }
    load(many_, "many", "comm100:visitor", visitors);
    load(many_, "many", "comm100:agent", agents);
    load(many_, "many", "rocketchat:visitor", with_tokens);
    load_rooms();
  }

  /// The cost of a whole run of one of the two servers: the requests that each of its runs has, and the additional ones of `measured`,
  /// if it is not nullptr.
  Cost run_with_more(const Case* measured, bool many) {
    const std::string profile = scratch_ / "profile";
    Process server({.command = counted(profile, {program_, "serve", "--config", many ? many_ : few_})});
    server_ = server.id();
    const std::string line = server.wait_for_lines("listening on http://", 1, patience).front();
    Connection client(static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1))));
    for (const Case& one : cases) {
      if (one.many != many) continue;
      const int count = one.always + (&one == measured ? one.more : 0);
      for (int i = 0; i < count; ++i) ask(client, one, i);
    }
    wait_until_asleep(server_);
    server.signal(SIGTERM);
    const Finished ended = server.wait(patience);
    if (ended.code != 0) throw std::runtime_error(ended.err);
    Cost cost = read_profile(profile);
    if (cost.allocations == 0) throw std::runtime_error("callgrind counted no allocation");
    return cost;
  }

 private:
  static constexpr std::chrono::seconds patience{120};

  /// A room of 20 messages for each of many other visitors.
  void load_rooms() {
    std::string talkers;
    std::string rooms;
    std::string messages;
    for (int number = 0; number < most_visitors; ++number) {
      const std::string id = guid(number);
      talkers += replaced(R"({"_id":"talker-of-GUID","token":"talker-GUID","username":"GUID"})", "GUID", id) + '\n';
      rooms +=
          replaced(
              R"({"id":"room-GUID","state":"active","visitor":"talker-of-GUID","begin_at":"2024-01-01T00:00:00.000Z"})",
              "GUID", id) +
          '\n';
      messages += '[';
      for (int place = 10; place < 30; ++place) {
        messages += replaced(replaced(R"({"id":"NUMBER-GUID","chat":"room-GUID","at":"2024-01-01T00:00:NUMBER.000Z",)"
                                      R"("kind":"text","text":"Hello NUMBER","author":{"kind":"agent","name":"Bob"}})",
                                      "GUID", id),
                             "NUMBER", std::to_string(place)) +
                    (place == 29 ? "]\n" : ",");
      }
    }
    load(many_, "many", "rocketchat:visitor", talkers);
    load(many_, "many", "canonical:chat", rooms);
    load(many_, "many", "canonical:messages", messages);
  }
  void load(const std::string& config, const std::string& backend, const std::string& shape,
            const std::string& documents) const {
    const Finished loaded = run({.command = {program_, "load", "--config", config, "--backend", backend, "--from",
                                             shape, scratch_.write("documents", documents)}});
    if (loaded.code != 0) throw std::runtime_error(loaded.err);
  }

  void ask(Connection& client, const Case& one, int number) const {
    wait_until_asleep(server_);
    const std::string id = guid(number);
    const std::string target = replaced(replaced(one.target, "GUID", id), "NUMBER", std::to_string(number));
    const Answer answer = client.ask(one.method, target, one.headers, replaced(one.body, "GUID", id));
    const int records = occurrences(answer.body, replaced(one.record, "GUID", id));
    if (answer.status == 200 && records == one.records) return;
    throw std::runtime_error(std::string(one.name) + ": " + std::to_string(records) + " of " +
                             std::to_string(one.records) + " records: " + answer.body.substr(0, 1000));
  }

  /// Writes a configuration and returns the file.
  std::string write_config(const std::string& name, std::string_view rest) const {
    const std::string text = "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends:" + std::string(rest);
    return scratch_.write(name, replaced(replaced(text, "FOLDER", scratch_.path().string()), "VENDOR", vendor_.url()));
  }

  /// The answer of each of the three vendors.
  std::string answer(const std::string& request) const {
    const std::size_t path = request.find(' ') + 1;
    const std::string target = request.substr(path, request.find(' ', path) - path);
    const std::string id = target.substr(target.find_last_of("/_=") + 1);
    std::string document;
    if (target.find("getContactByChatID") != std::string::npos) {
      document = example("adapters/enghouse/samples/contact.json", "fef5015b-8102-457e-b69b-471a55487837", id);
    } else if (target.find("/api/v1/") != std::string::npos) {
      document = example("adapters/rocketchat/samples/visitor.json", "sGtcfEYz852uguxaS", id);
    } else {
      document = visitor(id);
    }
    wait_until_asleep(server_);
    return http_answer(200, document, {{"Content-Type", "application/json"}});
  }

  std::string program_;
  pid_t server_ = -1;
  ScriptedServer vendor_{answering([this](const std::string& request) { return answer(request); })};
  Scratch scratch_;
  std::string few_ = write_config("few.yaml", R"(
  contact: {kind: sqlite, path: "FOLDER/contact.db"}
  visitors: {kind: sqlite, path: "FOLDER/visitors.db"}
  vendor: {kind: comm100, url: "VENDOR", auth: none, quota: {calls: 1000000, per: 1ms}}
  rocketchat: {kind: rocketchat, url: "VENDOR", auth: {user_id: budget, token: budget}, quota: {calls: 1000000, per: 1ms}}
  enghouse: {kind: enghouse, url: "VENDOR", auth: none, quota: {calls: 1000000, per: 1ms}}
routes:
  - {facade: enghouse, backend: contact, auth: none}
  - {facade: enghouse, name: proxy, prefix: "/proxy", backend: vendor, auth: none}
  - {facade: comm100, name: from-rocketchat, prefix: "/rocketchat", backend: rocketchat, auth: none}
  - {facade: rocketchat, name: from-enghouse, prefix: "/enghouse", backend: enghouse, auth: none}
  - {facade: comm100, backend: visitors, auth: none, visitors: all}
  - {facade: rocketchat, backend: visitors, auth: {users: [{id: user, token: token-of-the-user}]}}
)");
  std::string many_ = write_config("many.yaml", R"(
  many: {kind: sqlite, path: "FOLDER/many.db"}
routes:
  - {facade: comm100, backend: many, auth: none, visitors: all}
  - {facade: rocketchat, backend: many, auth: {users: [{id: user, token: token-of-the-user}]}}
)");
};

void print(const std::string& name, double instructions, double allocations, int count) {
  std::printf("%s %.0f %.1f\n", name.c_str(), instructions / count, allocations / count);
  std::fflush(stdout);
}

void measure_requests(const std::string& program) {
  Bench bench(program);
  const Cost without_more[] = {bench.run_with_more(nullptr, false), bench.run_with_more(nullptr, true)};
  for (const Case& one : cases) {
    const Cost& without = without_more[one.many ? 1 : 0];
    const Cost with = bench.run_with_more(&one, one.many);
    print(one.name, with.instructions - without.instructions, with.allocations - without.allocations, one.more);
  }
}

void measure_shapes(const std::string& program) {
  const Scratch scratch;
  const std::string profile = scratch / "profile";
  const Finished ended = run({.command = counted(profile, {program})});
  if (ended.code != 0) throw std::runtime_error(ended.err);
  int found = 0;
  for (; std::filesystem::exists(profile + '.' + std::to_string(found + 1)); ++found) {
    const Cost cost = read_profile(profile + '.' + std::to_string(found + 1));
    const std::size_t blank = cost.trigger.rfind(' ');
    if (blank == std::string::npos) throw std::runtime_error("a profile without a case: " + cost.trigger);
    print(cost.trigger.substr(0, blank), cost.instructions, cost.allocations, std::stoi(cost.trigger.substr(blank)));
  }
  if (found == 0) throw std::runtime_error("no shape was measured");
}

}  // namespace
}  // namespace parley::test

int main(int count, char** arguments) {
  using namespace parley::test;
  if (count != 3) return 64;
  try {
    measure_requests(arguments[1]);
    measure_shapes(arguments[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
