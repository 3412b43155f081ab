// Finds the callback in a query: the parsing of Express 4 (qs), then our rule for names.
#include "adapters/enghouse/facade/callback.hpp"

#include <doctest/doctest.h>

#include <string>

using parley::enghouse::Callback;
using parley::enghouse::find_callback;
using parley::enghouse::is_callback_name;

namespace {

/// The name of the callback; `-` for plain JSON; `!` for a callback that is refused.
std::string chosen(std::string_view query) {
  const Callback callback = find_callback(query);
  switch (callback.kind()) {
    case Callback::Kind::none:
      return "-";
    case Callback::Kind::invalid:
      return "!";
    case Callback::Kind::named:
      break;
  }
  return std::string(callback.name());
}

struct Case {
  std::string query;
  std::string expected;
};

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("enghouse: the callback is chosen as in Express 4") {
  const Case cases[] = {
      {"", "-"},
      {"callback=a", "a"},
      {"callback=a&callback=b", "a"},
      {"callback=&callback=b", "-"},
      {"callback=", "-"},
      {"callback", "-"},
      {"callback[]=a", "a"},
      {"callback%5B%5D=a", "a"},
      {"callback[0]=a", "a"},
      {"callback[x]=a", "-"},
      {"callback.x=a", "-"},
      {"callback=a&callback[]=b", "a"},
      {"a=1;callback=a", "-"},
      {"?callback=a", "-"},  // the query of `??callback=a`
      {"callback=a+b", "ab"},
      {"callback=a%20b", "ab"},
      {"callback=a%00b", "ab"},
      {"callback=%FF", "FF"},
      {"callback=%E0%80%AF", "E080AF"},
      // the name of the parameter is case-sensitive, and is decoded before the comparison
      {"Callback=a", "-"},
      {"CALLBACK=a", "-"},
      {"jsonp=a", "-"},
      {"call%62ack=a", "a"},
      {"_=1&call%62ack=a", "a"},
      // arrays and objects, as qs merges them
      {"callback[]=&callback[]=b", "-"},
      {"callback[1]=a", "a"},
      {"callback[1]=b&callback[0]=a", "a"},
      {"callback[20]=a", "a"},
      {"callback[21]=a", "-"},
      {"callback[0][]=a", "-"},
      {"callback[][]=a", "a"},
      {"callback[x]=b&callback=a", "-"},
      {"callback=a&callback[x]=b", "a"},
      {"[callback]=a", "a"},
      {"callback[=a", "-"},
      {"callback=x]=a", "-"},  // for qs, the name is `callback=x]`
      {"callback[][][][][][0]=a", "-"},
      // characters that no name can have are deleted before the name is checked
      {"callback=%3Cscript%3Ealert(1)%3C/script%3E", "scriptalert1script"},
      {"callback=alert(1);//", "alert1"},
      {"callback=%2BADw-script", "ADwscript"},
      {"callback=%C3%A9t%C3%A9", "t"},
      {"callback=a%0d%0aX-Evil:%201", "aXEvil1"},
      {"callback=%", "!"},
      {"callback=+", "!"},
      {"callback=a%zzb", "azzb"},
      {"callback=..", "!"},
      {"callback=[", "!"},
      {"callback=1", "!"},
      {"callback=a[x]", "!"},
      {"callback=a[]", "!"},
      {"callback=a.", "!"},
      {"callback=.a", "!"},
      {"callback=a..b", "!"},
      {"callback=a[0]b", "!"},
      {"callback=a.0", "!"},
      // other parameters do not matter
      {"callback=cb&_=1700000000001", "cb"},
      {"_dc=1&callback=cb&noCache=2&dojo.preventCache=3", "cb"},
      {"ctlivetoken=t&callback=cb", "cb"},
      {"&&callback=cb&", "cb"},
      // only the first thousand pairs count, with the empty ones
      {repeated("x=1&", 999) + "callback=a", "a"},
      {repeated("x=1&", 1000) + "callback=a", "-"},
      {repeated("&", 1000) + "callback=a", "-"},
      // at most 512 characters; a longer name is refused, not cut
      {"callback=" + repeated("a", 512), repeated("a", 512)},
      {"callback=" + repeated("a", 513), "!"},
      {"callback=" + repeated("a", 8192), "!"},
      {"callback=" + repeated("%20", 600) + "a", "a"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.query);
    CHECK(chosen(one.query) == one.expected);
  }
}

TEST_CASE("enghouse: the callback names of common clients are accepted") {
  const char* const names[] = {
      "jQuery3800396992469670172_1700000000000",  // jQuery
      "__jp0",                                    // npm jsonp
      "jsonp_1700000000000_12345",                // fetch-jsonp
      "ng_jsonp_callback_0",                      // Angular
      "__ng_jsonp__.__req0.finished",             // @angular/http
      "angular.callbacks._0",                     // AngularJS
      "angular.callbacks._1z",
      "YUI.Env.JSONP.yui_3_18_1_1_1700000000000_12",
      "dojo_request_script_callbacks.dojo_request_script0",
      "parent.dojo_request_script_callbacks.dojo_request_script0",
      "dojo.io.script.jsonp_dojoIoScript1._jsonpCallback",
      "Request.JSONP.request_map.request_0",  // MooTools
      "Ext.data.JsonP.callback1",
      "Zepto1700000000000",
      "reqwest_1700000000000",
      "jsonp_1a2b3c",  // vue-jsonp
      "a.b[0]",        // written by hand
      "window.cb",
      "$cb",
      "_cb",
      "opener.document.body.x.click",
      "CWSMIKI0hCD0Up0IZUn",
  };
  for (const std::string name : names) {
    CAPTURE(name);
    CHECK(chosen("callback=" + name) == name);
    CHECK(find_callback("callback=" + name).clean());
  }
  CHECK(chosen("callback=a.b%5B0%5D") == "a.b[0]");
  CHECK_FALSE(find_callback("callback=a-b").clean());
}

TEST_CASE("enghouse: the grammar of callback names") {
  for (const char* const name : {"a", "$", "_", "a1", "a.b", "a[0]", "a[10][2].b", "a.$._"}) {
    CAPTURE(name);
    CHECK(is_callback_name(name));
  }
  for (const char* const name :
       {"", "1a", "a.", "a..b", ".a", "a[", "a]", "a[]", "a[x]", "a[0", "a[0]b", "[0]", "a b", "a-b"}) {
    CAPTURE(name);
    CHECK_FALSE(is_callback_name(name));
  }
}
