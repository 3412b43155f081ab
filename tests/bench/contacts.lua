-- Asks for a thousand different chats in turn, so that no server can answer two clients with one upstream call.
init = function(args)
  requests = {}
  for i = 1, 1000 do
    local path = string.gsub(wrk.path, "GUID", string.format("3d59f909-24cd-43bc-89cb-%012x", i))
    requests[i] = wrk.format("GET", path)
  end
  at = 0
end

request = function()
  at = at % 1000 + 1
  return requests[at]
end
