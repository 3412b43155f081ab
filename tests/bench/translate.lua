-- The translation of a Comm100 visitor into an Enghouse contact as somebody would write it for nginx: for the bench's
-- comparison, and a second opinion on ours.
local cjson = require "cjson"

-- 2021-05-26T10:30:16.036Z to milliseconds: days since the epoch by the civil calendar.
local function epoch_ms(text)
  local y, m, d, h, min, s, ms = text:match("^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)%.(%d%d%d)Z$")
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  if m <= 2 then y = y - 1 end
  local era = math.floor(y / 400)
  local yoe = y - era * 400
  local doy = math.floor((153 * (m + (m > 2 and -3 or 9)) + 2) / 5) + d - 1
  local doe = yoe * 365 + math.floor(yoe / 4) - math.floor(yoe / 100) + doy
  local days = era * 146097 + doe - 719468
  return ((days * 24 + tonumber(h)) * 60 + tonumber(min)) * 60000 + tonumber(s) * 1000 + tonumber(ms)
end

local named = {
  { "company", "company" }, { "time_zone", "timeZone" }, { "country", "country" }, { "state", "state" },
  { "city", "city" }, { "product_service", "productService" }, { "browser", "browser" },
  { "operating_system", "operatingSystem" }, { "screen_resolution", "screenResolution" },
  { "current_page", "currentBrowsing" }, { "referrer", "referrerUrl" }, { "search_engine", "searchEngine" },
  { "search_keywords", "searchKeywords" }, { "email", "email" }, { "phone_number", "phone" },
}

local answer = ngx.location.capture("/upstream/v4/livechat/visitors/" .. ngx.var[1])
local visitor = cjson.decode(answer.body)
local begin = epoch_ms(visitor.visitTime)
local user = "USER_" .. visitor.id
local data = { _NICK_ = visitor.name }
for _, pair in ipairs(named) do
  local value = visitor[pair[2]]
  if value and value ~= "" then data[pair[1]] = value end
end
for _, list in ipairs { visitor.customFields, visitor.customVariableResults } do
  for _, one in ipairs(list) do data[one.name] = one.value end
end
local contact = {
  id = "CHAT_" .. visitor.id, servid = "", widgetid = "", serv_name = "", beginTime = begin, endTime = "", title = "",
  lang = visitor.language, userID = user, dataCollections = {}, callData = data,
  users = {
    [user] = {
      id = user, nickname = visitor.name, isAgent = false, beginTime = begin, endTime = "", isOnline = true,
      userAgent = "", firstUri = visitor.landingPage, firstTitle = "", channel = "", firstIP = visitor.ip,
    },
  },
}
ngx.header["Content-Type"] = "text/javascript; charset=utf-8"
ngx.header["X-Content-Type-Options"] = "nosniff"
local callback = ngx.var.arg_callback:gsub("[^%[%]%w$_.]", "")
local json = cjson.encode { result = true, contact = contact, error = cjson.null }
ngx.print("/**/ typeof ", callback, " === 'function' && ", callback, "(", json, ");")
