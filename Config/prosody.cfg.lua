-- In the configuration of Jitsi's main virtual host (for example /etc/prosody/conf.avail/meet.example.org.cfg.lua).
-- mod_reservations comes with jitsi-meet-prosody; it asks Bookwatch before a room opens.

VirtualHost "meet.example.org"
    modules_enabled = {
        -- what is there already, and:
        "reservations";
    }
    reservations_api_prefix = "http://127.0.0.1:8088"
    -- reservations_api_headers = { ["Authorization"] = "Bearer TOKEN" }
