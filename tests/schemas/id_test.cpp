// An id that fits into a UUID is converted to a guid and back without a table.
#include "schemas/id.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>

namespace ids = parley::ids;
using parley::String;

namespace {
constexpr std::string_view rocket_alphabet = "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";

String there_and_back(const String& id) {
  const String shown = ids::format(ids::to_guid(id));
  const auto parsed = ids::parse_guid(shown);
  REQUIRE(parsed);
  return ids::from_guid(*parsed);
}
}  // namespace

TEST_CASE("kinds of ids") {
  CHECK(ids::kind_of("3d59f909-24cd-43bc-89cb-00a320617c0a") == ids::Kind::guid);
  CHECK(ids::kind_of("sGtcfEYz852uguxaS") == ids::Kind::random17);
  CHECK(ids::kind_of("673653b997f0fbcd657f0ebf") == ids::Kind::object24);
  CHECK(ids::kind_of("USER_gverde1@acd.enghouse.com") == ids::Kind::free_text);
  CHECK(ids::kind_of("234567987655weygcbg") == ids::Kind::free_text);  // 19 characters, from a vendor's sample
  CHECK(ids::kind_of("673653B997F0FBCD657F0EBF") == ids::Kind::free_text);
  CHECK(ids::kind_of("sGtcfEYz852ugux0S") == ids::Kind::free_text);  // 0 is not in the alphabet
  CHECK(ids::kind_of("") == ids::Kind::free_text);
}

TEST_CASE("a guid stays the same guid, whatever its version and case") {
  for (const char* guid : {"3d59f909-24cd-43bc-89cb-00a320617c0a", "00000000-0000-0000-0000-000000000000",
                           "01000000-0000-0000-0000-0100000192b0", "ffffffff-ffff-ffff-ffff-ffffffffffff"}) {
    CHECK(ids::format(ids::to_guid(guid)) == guid);
    CHECK(there_and_back(guid) == guid);
  }
  CHECK(ids::format(*ids::parse_guid("3D59F909-24CD-43BC-89CB-00A320617C0A")) ==
        "3d59f909-24cd-43bc-89cb-00a320617c0a");
}

TEST_CASE("texts that are not guids") {
  for (const char* text : {"", "3d59f909", "3d59f909-24cd-43bc-89cb-00a320617c0",
                           "3d59f909-24cd-43bc-89cb-00a320617c0ag", "3d59f90924cd-43bc-89cb-00a320617c0a-",
                           "3d59f909-24cd-43bc-89cb-00a320617c0g", "{d59f909-24cd-43bc-89cb-00a320617c0}"}) {
    CAPTURE(text);
    CHECK_FALSE(ids::parse_guid(text));
  }
}

TEST_CASE("packed ids are version-8 guids and unpack again, also the extreme ones") {
  String lowest(17, '2');
  String highest(17, 'z');
  for (const String& id : {String("sGtcfEYz852uguxaS"), String("vp3D9H8ud6HYvRpvq"), lowest, highest,
                           String("673653b997f0fbcd657f0ebf"), String(24, '0'), String(24, 'f')}) {
    CAPTURE(id);
    const String shown = ids::format(ids::to_guid(id));
    CHECK(shown[14] == '8');
    CHECK((shown[19] == '8' || shown[19] == '9' || shown[19] == 'a' || shown[19] == 'b'));
    CHECK(there_and_back(id) == id);
  }
}

TEST_CASE("random ids unpack again and never collide") {
  std::mt19937_64 random(20261121);
  std::set<String> shown;
  for (int i = 0; i < 20000; ++i) {
    String rocket(17, ' ');
    for (char& byte : rocket) byte = rocket_alphabet[random() % rocket_alphabet.size()];
    String object(24, ' ');
    for (char& byte : object) byte = "0123456789abcdef"[random() % 16];
    REQUIRE(there_and_back(rocket) == rocket);
    REQUIRE(there_and_back(object) == object);
    shown.insert(ids::format(ids::to_guid(rocket)));
    shown.insert(ids::format(ids::to_guid(object)));
  }
  CHECK(shown.size() == 40000);
}

TEST_CASE("another program's version-8 guid stays a guid") {
  for (const char* guid : {"00000000-0000-8000-8000-000000000000", "12345678-9abc-8def-8123-456789abcdef",
                           "ffffffff-ffff-8fff-bfff-ffffffffffff"}) {
    CHECK(there_and_back(guid) == guid);
  }
}

TEST_CASE("free text becomes the same version-5 guid on every machine") {
  const ids::Guid guid = ids::to_guid("USER_gverde1@acd.enghouse.com");
  CHECK(ids::may_be_mapped(guid));
  // Computed with another implementation: python3 -c "import uuid; print(uuid.uuid5(uuid.UUID('6b1d0c52-7e3a-4f18-9d60-21f43c8ae597'), 'USER_gverde1@acd.enghouse.com'))"
  CHECK(ids::format(guid) == "822a3407-9714-5f75-ac69-061a86c41e26");
  CHECK_FALSE(ids::may_be_mapped(ids::to_guid("sGtcfEYz852uguxaS")));
  CHECK_FALSE(ids::may_be_mapped(ids::to_guid("3d59f909-24cd-43bc-89cb-00a320617c0a")));
}

TEST_CASE("new ids have the right kind and differ") {
  CHECK(ids::kind_of(ids::new_random17()) == ids::Kind::random17);
  CHECK(ids::kind_of(ids::new_object24()) == ids::Kind::object24);
  CHECK(ids::kind_of(ids::new_guid()) == ids::Kind::guid);
  std::set<String> seen;
  for (int i = 0; i < 1000; ++i) {
    seen.insert(ids::new_random17());
    seen.insert(ids::new_object24());
  }
  CHECK(seen.size() == 2000);
}
