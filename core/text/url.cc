#include "text/url.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/text.h"
#include "text/white_space.h"

namespace samestory {
namespace {

// Query parameters that say how a reader came to a page and not which page it is, as the
// documentation of the services names them. Compared in lower case.
constexpr std::string_view kTrackingParameters[] = {
    "_ga",
    "_gl",                   // Google Analytics: linker
    "__twitter_impression",  // Twitter
    "_hsenc",
    "_hsmi",  // HubSpot
    "at_campaign",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "at_medium",  // AT Internet
    "cmpid",
    "cmp",
    "cid",  // Adobe Analytics: campaign codes
    "dclid",
    "gclid",
    "gclsrc",
    "gbraid",
    "wbraid",
    "srsltid",  // Google Ads
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",  // Facebook
    "ftag",    // CBS Interactive feeds
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",  // Yahoo: consent redirect
    "icid",
    "ito",
    "ncid",  // internal campaign codes
    "igshid",
    "igsh",  // Instagram
    "mbid",  // Conde Nast mailings
    "mc_cid",
    "mc_eid",   // Mailchimp
    "mkt_tok",  // Marketo
    "msclkid",  // Microsoft Advertising
    "ns_campaign",
    "ns_fee",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",  // comScore
    "ocid",       // Microsoft: campaign code
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "referer",  // the referring page, by custom
    "rss",
    "feedtype",
    "feedname",  // which feed it came from, by custom
    "s_cid",
    "s_kwcid",  // Adobe Analytics
    "smid",
    "smtyp",
    "partner",  // social share codes
    "soc_src",
    "soc_trk",  // Yahoo: social
    "spm",      // Alibaba
    "sr_share",
    "taid",
    "twclid",  // social share codes
    "ttclid",  // TikTok
    "vero_conv",
    "vero_id",   // Vero
    "wickedid",  // Wicked Reports
    "wt_mc",
    "wt.mc_id",
    "wt_zmc",  // Webtrekk
    "xtor",    // AT Internet
    "yclid",   // Yandex Direct
};
// Whole families of them, by prefix: Urchin and Google Analytics, Matomo, HubSpot, Piano.
constexpr std::string_view kTrackingFamilies[] = {"utm_", "mtm_", "pk_", "hsa_", "at_"};
// "show this page as AMP", with whatever value.
constexpr std::string_view kAmpParameters[] = {"amp", "amp_js_v", "amp_gsa", "usqp"};

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string LowerCase(std::string_view s) {
  std::string lower(s);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool IsUnreserved(char c) {
  const char lower = Lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

// Escapes in upper case, and none where the character needs none (RFC 3986, 6.2.2); white space,
// controls and what is not ASCII escaped, as browsers send them; and a '%' that escapes nothing, so
// that it does not come to escape what an escape before it has become.
std::string NormalizeEscapes(std::string_view s) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    auto byte = static_cast<unsigned char>(s[i]);
    const bool escaped =
        byte == '%' && i + 2 < s.size() && HexValue(s[i + 1]) >= 0 && HexValue(s[i + 2]) >= 0;
    if (escaped) {
      byte = static_cast<unsigned char>(HexValue(s[i + 1]) * 16 + HexValue(s[i + 2]));
      i += 2;
    }
    const auto c = static_cast<char>(byte);
    if (escaped ? IsUnreserved(c) : byte > 0x20 && byte < 0x7F && c != '%') {
      out.push_back(c);
    } else {
      out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  return out;
}

// Cuts off a prefix up to the first of `stops`, which stays in `rest`.
std::string_view CutBefore(std::string_view& rest, std::string_view stops) {
  const std::size_t end = std::min(rest.find_first_of(stops), rest.size());
  const std::string_view head = rest.substr(0, end);
  rest.remove_prefix(end);
  return head;
}

// The host, in canonical form, of what stands between "://" and the path.
std::string HostOf(std::string_view authority) {
  authority.remove_prefix(authority.rfind('@') + 1);  // npos + 1 is 0
  std::string host = LowerCase(NormalizeEscapes(authority));
  for (bool again = true; again;) {
    again = false;
    // Both schemes are one here, so both their ports are.
    for (std::string_view end : {":80", ":443", ":", "."}) {
      if (!host.ends_with(end)) continue;
      host.resize(host.size() - end.size());
      again = true;
    }
  }
  for (bool again = true; again;) {
    again = false;
    for (std::string_view prefix : {"www.", "m.", "amp."}) {
      if (host.starts_with(prefix) && host.find('.', prefix.size()) != std::string::npos) {
        host.erase(0, prefix.size());
        again = true;
      }
    }
  }
  return host;
}

// "s/host/path" behind the prefix of an AMP cache: the address of the page proper. Empty where
// `rest`, which follows "://", is no address in a cache.
std::string_view CachedAddress(std::string_view rest) {
  const std::string_view authority = CutBefore(rest, "/?#");
  // In the cache's path one letter says what is kept: content, viewer, image, resource.
  const bool cdn_path = rest.size() > 2 && rest[0] == '/' && rest[2] == '/';
  const bool google_path = rest.starts_with("/amp/");
  if (!cdn_path && !google_path) return {};
  const std::string host = HostOf(authority);
  if (cdn_path && (host == "cdn.ampproject.org" || host.ends_with(".cdn.ampproject.org"))) {
    rest.remove_prefix(3);
  } else if (google_path && host.starts_with("google.")) {
    rest.remove_prefix(5);
  } else {
    return {};
  }
  if (rest.starts_with("s/")) rest.remove_prefix(2);
  std::string_view inner = rest;
  const bool is_address = HostOf(CutBefore(inner, "/?#")).find('.') != std::string::npos;
  return is_address ? rest : std::string_view();
}

std::string CanonicalPath(std::string_view raw) {
  std::string path = NormalizeEscapes(raw);
  const auto drop_suffix = [&path](std::string_view suffix, std::string_view instead) {
    if (!path.ends_with(suffix)) return false;
    path.resize(path.size() - suffix.size());
    path.append(instead);
    return true;
  };
  while (drop_suffix("/", "") || drop_suffix("/amp", "") || drop_suffix(".amp", "") ||
         drop_suffix(".amp.html", ".html")) {
  }
  std::string out;
  std::string_view rest = path;
  while (!rest.empty()) {
    rest.remove_prefix(1);  // its '/'
    const std::string_view segment = CutBefore(rest, "/");
    if (segment != "amp") out.append("/").append(segment);
  }
  return out;
}

bool IsTracking(const std::string& key, std::string_view value) {
  const auto is_key = [&key](std::string_view k) { return key == k; };
  if (std::any_of(std::begin(kTrackingParameters), std::end(kTrackingParameters), is_key) ||
      std::any_of(std::begin(kAmpParameters), std::end(kAmpParameters), is_key)) {
    return true;
  }
  if ((key == "output" || key == "outputtype") && LowerCase(value) == "amp") return true;
  return std::any_of(std::begin(kTrackingFamilies), std::end(kTrackingFamilies),
                     [&key](std::string_view family) { return key.starts_with(family); });
}

std::string CanonicalQuery(std::string_view raw) {
  std::vector<std::string> kept;
  while (!raw.empty()) {
    raw.remove_prefix(1);  // its '?' or '&'
    std::string_view parameter = CutBefore(raw, "&");
    // An address copied from HTML without resolving its "&amp;".
    while (parameter.starts_with("amp;")) parameter.remove_prefix(4);
    std::string_view value = parameter;
    const std::string_view key = CutBefore(value, "=");
    if (!value.empty()) value.remove_prefix(1);
    if (parameter.empty() || IsTracking(LowerCase(key), value)) continue;
    kept.push_back(NormalizeEscapes(parameter));
  }
  std::sort(kept.begin(), kept.end());
  std::string query;
  for (const std::string& parameter : kept) {
    query.append(query.empty() ? "?" : "&").append(parameter);
  }
  return query;
}

}  // namespace

UrlHost SplitHost(std::string_view url) {
  url = TrimSpace(url);
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos || colon > 5) return {};
  const std::string scheme = LowerCase(url.substr(0, colon));
  if (scheme != "http" && scheme != "https") return {};
  std::string_view rest = url.substr(colon + 3);
  std::string_view inner = CachedAddress(rest);
  for (; !inner.empty(); inner = CachedAddress(rest)) rest = inner;
  std::string_view authority = CutBefore(rest, "/?#");
  return {HostOf(authority), rest};
}

std::string CanonicalUrl(std::string_view url) {
  const UrlHost split = SplitHost(url);
  if (split.host.empty()) return std::string(TrimSpace(url));
  std::string_view rest = split.rest;
  const std::string_view path = CutBefore(rest, "?#");
  const std::string_view query = CutBefore(rest, "#");
  return "https://" + split.host + CanonicalPath(path) + CanonicalQuery(query);
}

}  // namespace samestory
