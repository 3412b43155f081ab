// See keeper.hpp.
#include "adapters/sqlite/keeper.hpp"

#include <algorithm>
#include <future>

#include "adapters/sqlite/writer.hpp"

namespace parley::sqlite {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t step = 200;  // records of each kind in one transaction, which other writes wait for

class SweepJob final : public WriteJob {
 public:
  SweepJob(const store::Retention& retention, Time now, std::size_t limit) noexcept
      : retention_(retention), now_(now), limit_(limit) {}

  void perform(Transaction& transaction) override { result_ = store::sweep(retention_, now_, limit_, transaction); }
  void fail(Error error) override { result_ = std::move(error); }
  void done() override { done_.set_value(std::move(result_)); }
  [[nodiscard]] std::future<Result<store::Swept>> finished() { return done_.get_future(); }

 private:
  const store::Retention& retention_;
  const Time now_;
  const std::size_t limit_;
  Result<store::Swept> result_ = Error{};
  std::promise<Result<store::Swept>> done_;
};

}  // namespace

Result<store::Swept> sweep(store::Queue& writer, const store::Retention& retention, Time now, std::size_t limit) {
  SweepJob job(retention, now, limit);
  auto finished = job.finished();
  if (!writer.push(&job)) return store::refusal(Code::unavailable, "the store has too much to do; try again");
  return finished.get();
}

std::optional<milliseconds> rest_of(const store::Retention& retention) noexcept {
  std::optional<milliseconds> shortest;
  for (const std::optional<milliseconds>& one :
       {retention.out_of_site, retention.messages, retention.chats, retention.page_visits, retention.offline_messages,
        retention.uploads}) {
    if (one && (!shortest || *one < *shortest)) shortest = one;
  }
  if (!shortest) return {};
  return std::clamp(*shortest, milliseconds(1'000), milliseconds(30'000));
}

Keeper::Keeper(String name, store::Queue& writer, const store::Retention& retention,
               std::shared_ptr<contract::EventSink> news)
    : name_(std::move(name)), writer_(writer), retention_(retention), news_(std::move(news)) {
  if (const auto rest = rest_of(retention_)) thread_ = std::thread([this, rest] { run(*rest); });
}

Keeper::~Keeper() {
  {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
  }
  ending_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Keeper::run(milliseconds rest) {
  // Whoever sent a file to an earlier process does not go on with it.
  store::Retention first = retention_;
  if (first.uploads) first.uploads = milliseconds(0);
  sweep_all(first, begun_);
  while (!ends(rest)) sweep_all(retention_, Time::now());
}

bool Keeper::ends(milliseconds rest) {
  std::unique_lock lock(mutex_);
  return ending_.wait_for(lock, rest, [this] { return ended_; });
}

void Keeper::sweep_all(const store::Retention& retention, Time now) {
  contract::StoreSwept sum{.backend = name_};
  for (bool more = true; more;) {
    const Result<store::Swept> swept = sqlite::sweep(writer_, retention, now, step);
    if (!swept) failures_.add();
    if (!swept) break;  // the next sweep tries again
    visitors_left_.add(swept->visitors_left);
    emptied_.add(swept->chats_without_messages);
    chats_.add(swept->chats);
    pages_.add(swept->page_visits);
    offline_messages_.add(swept->offline_messages);
    sum.chats_without_messages += swept->chats_without_messages;
    sum.chats += swept->chats;
    sum.page_visits += swept->page_visits;
    sum.offline_messages += swept->offline_messages;
    uploads_.add(swept->uploads);
    more = swept->more && !ends(milliseconds(0));
  }
  const bool removed = sum.chats_without_messages + sum.chats + sum.page_visits + sum.offline_messages > 0;
  if (removed && news_) news_->store_swept(sum);
}

void Keeper::measure(List<contract::Figure>& figures) const {
  static constexpr std::string_view about =
      "What the store did of its own accord. visitors: they left the site; messages: chats whose messages were "
      "removed; uploads: files that were not received to their end.";
  const auto add = [&figures](std::string_view kind, const contract::Counter& count) {
    figures.push_back({"store_swept_total", about, static_cast<double>(count.value()), "kind", kind});
  };
  add("visitors", visitors_left_);
  add("messages", emptied_);
  add("chats", chats_);
  add("page_visits", pages_);
  add("offline_messages", offline_messages_);
  add("uploads", uploads_);
  figures.push_back({"store_sweep_failures_total", "Sweeps that ended early, as the store did not answer.",
                     static_cast<double>(failures_.value())});
}

}  // namespace parley::sqlite
