// Runs the common tests of stores (tests/adapters/store) on the embedded store.
#include "tests/adapters/sqlite/world.hpp"
#include "tests/adapters/store/world.hpp"

namespace parley::sqlite::test {
namespace {

class Embedded final : public store::test::TestedStore {
 public:
  explicit Embedded(const String& page_changes) : world_(page_changes) {}

  using TestedStore::run;
  Result<Outcome> run(const Operation& operation, const contract::Call& call) override {
    return world_->run(operation, call);
  }
  Result<void> load(const contract::Records& records) override { return world_.backend->load(records); }
  bool empty() override { return world_.backend->empty(); }
  void restart() override { world_.restart(); }
  Result<void> keep_part(const FileId& file, std::int64_t part, std::string_view bytes) override {
    return world_->keep_part(file, part, bytes);
  }
  Result<void> drop_parts(const FileId& file) override { return world_->drop_parts(file); }
  Result<store::Swept> sweep(const store::Retention& retention, Time now, std::size_t limit) override {
    return sqlite::sweep(dynamic_cast<Store&>(*world_.backend).writes(), retention, now, limit);
  }

 private:
  World world_;
};

const store::test::StoreKind embedded("sqlite",
                                      [](const String& page_changes) -> std::unique_ptr<store::test::TestedStore> {
                                        return std::make_unique<Embedded>(page_changes);
                                      });

}  // namespace
}  // namespace parley::sqlite::test
