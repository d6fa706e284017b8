#include "io/time.h"

#include <optional>
#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace samestory::io {
namespace {

constexpr std::int64_t kTime = 1626069845;  // 2021-07-12T06:04:05Z, a Monday
constexpr std::int64_t kMinute = 1626069840;
constexpr std::int64_t kDay = 1626048000;

TEST(ParseTimeTest, ReadsIso8601) {
  for (const char* text : {
           "2021-07-12T06:04:05Z",
           "2021-07-12t06:04:05z",
           "2021-07-12T06:04:05.678Z",
           "2021-07-12T06:04:05,6Z",
           "2021-07-12T06:04:05",
           "2021-07-12 06:04:05",
           "2021-07-12  06:04:05 UTC",
           "2021-07-12T06:04:05+00:00",
           "2021-07-12T08:04:05+0200",
           "2021-07-12T08:04:05+02",
           "2021-07-12T08:04:05 +02:00",
           "2021-07-12T11:34:05+05:30",
           "2021-07-11T23:04:05-07:00",
           "2021-07-12T08:04:05+02:00[Europe/Berlin]",
           "2021-07-12 02:04:05 EDT",
           "2021/07/12 06:04:05",
           "2021-7-12 6:04:05",
           "20210712T060405Z",
           "20210712060405",
           "2021-07-12T060405",
           "  2021-07-12T06:04:05Z\n",
           "2021-07-12, 06:04:05",
           "2021-07-12 06:04:05 AM",
       }) {
    EXPECT_EQ(ParseTime(text), kTime) << text;
  }
  EXPECT_EQ(ParseTime("2021-07-12T06:04"), kMinute);
  EXPECT_EQ(ParseTime("2021-07-12T06:04Z"), kMinute);
  EXPECT_EQ(ParseTime("2021-07-12T0604+0000"), kMinute);
  EXPECT_EQ(ParseTime("2021-07-12 06:04:05 PM"), kTime + 12 * 3600);
  EXPECT_EQ(ParseTime("2021-07-12"), kDay);
  EXPECT_EQ(ParseTime("20210712"), kDay);
  EXPECT_EQ(ParseTime("2021-07"), kDay - 11 * 86400);
  EXPECT_EQ(ParseTime("2021"), 1609459200);
}

TEST(ParseTimeTest, ReadsRfc822AndItsRelatives) {
  for (const char* text : {
           "Mon, 12 Jul 2021 06:04:05 GMT",
           "Mon, 12 Jul 2021 06:04:05 UT",
           "Mon, 12 Jul 2021 06:04:05 Z",
           "Mon, 12 Jul 2021 06:04:05 +0000",
           "Mon, 12 Jul 2021 06:04:05 -0000",
           "Mon, 12 Jul 2021 06:04:05",
           "12 Jul 2021 06:04:05 GMT",
           "12 Jul 21 06:04:05 GMT",
           "Mon,12 Jul 2021 06:04:05 GMT",
           "Monday, 12 July 2021 06:04:05 GMT",
           "Mon, 12 JULY 2021 06:04:05 gmt",
           "Mon, 12-Jul-2021 06:04:05 GMT",
           "Monday, 12-Jul-21 06:04:05 GMT",
           "Mon, 12 Jul 2021 6:4:5 GMT",
           "Mon, 12 Jul 2021 06:04:05.000 GMT",
           "Mon, 12 Jul 2021 02:04:05 EDT",
           "Mon, 12 Jul 2021 01:04:05 EST",
           "Sun, 11 Jul 2021 22:04:05 PST",
           "Sun, 11 Jul 2021 23:04:05 PDT",
           "Mon, 12 Jul 2021 11:34:05 IST",
           "Mon, 12 Jul 2021 08:04:05 CEST",
           "Mon, 12 Jul 2021 07:04:05 BST",
           "Mon, 12 Jul 2021 08:04:05 GMT+0200",
           "Mon, 12 Jul 2021 08:04:05 UTC+2",
           "Mon, 12 Jul 2021 08:04:05 +02:00",
           "Mon, 12 Jul 2021 08:04:05 +0200 (CEST)",
           "Mon, 12 Jul 2021 01:04:05 EST -0500",
           "Mon, 12 Jul 2021 08:04:05+0200",
           "Mon Jul 12 06:04:05 2021",
           "Mon Jul 12 06:04:05 GMT 2021",
           "Mon Jul 12 06:04:05 +0000 2021",
           "Mon, Jul 12 2021 06:04:05 GMT",
           "July 12, 2021 6:04:05 AM",
           "July 12, 2021 at 6:04:05 am UTC",
           "Jul. 12, 2021 6:04:05am",
           "July 12th, 2021 06:04:05",
           "Tues, 12 Jul 2021 06:04:05 GMT",
       }) {
    EXPECT_EQ(ParseTime(text), kTime) << text;
  }
  EXPECT_EQ(ParseTime("Mon, 12 Jul 2021 06:04 GMT"), kMinute);
  EXPECT_EQ(ParseTime("Mon, 12 Jul 2021"), kDay);
  EXPECT_EQ(ParseTime("12 Jul 2021"), kDay);
  EXPECT_EQ(ParseTime("July 12, 2021"), kDay);
  EXPECT_EQ(ParseTime("Sept 5 2021"), 1630800000);
  EXPECT_EQ(ParseTime("12 Jul 1999 12:30 am"), 931739400);
  EXPECT_EQ(ParseTime("12 Jul 99 12:30 pm"), 931739400 + 12 * 3600);
  EXPECT_EQ(ParseTime("Mon, 12 Jul 2021 06:04:05 XYZ"), kTime) << "an unknown zone is UTC";
}

TEST(ParseTimeTest, ReadsNumbers) {
  EXPECT_EQ(ParseTime("1626069845"), kTime);
  EXPECT_EQ(ParseTime("1626069845678"), kTime);
  EXPECT_EQ(ParseTime("1626069845.678"), kTime);
  EXPECT_EQ(ParseTime("0"), 0);
  EXPECT_EQ(ParseTime("99999999"), 99999999) << "no date of the calendar";
}

TEST(ParseTimeTest, KnowsTheCalendar) {
  EXPECT_EQ(ParseTime("2020-02-29"), 1582934400);
  EXPECT_EQ(ParseTime("2000-02-29"), 951782400);
  EXPECT_EQ(ParseTime("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(ParseTime("9999-12-31T23:59:59Z"), 253402300799);
  EXPECT_EQ(ParseTime("2021-07-12T24:00:00Z"), kDay + 86400);
  EXPECT_EQ(ParseTime("2016-12-31T23:59:60Z"), 1483228800) << "a leap second";
}

TEST(ParseTimeTest, IsAbsentForWhatIsNoTime) {
  for (const char* text : {
           "",
           " ",
           "yesterday",
           "NULL",
           "n/a",
           "Mon",
           "12 Jul",
           "Jul 2021",
           "06:04:05",
           "2021-02-29",
           "2021-13-01",
           "2021-00-10",
           "2021-07-32",
           "31 Jun 2021",
           "2021-07-00",
           "2021-07-12T25:00:00Z",
           "2021-07-12T24:00:01Z",
           "2021-07-12T06:60:00Z",
           "2021-07-12T06:04:61Z",
           "1969-12-31T23:59:59Z",
           "1970-01-01T00:00:00+01:00",
           "10000-01-01",
           "9999-12-31T23:59:59-01:00",
           "12/07/2021",
           "12.07.2021",
           "07/12/21",
           "2021-07-12T",
           "2021-07-12T06:04:05+99:00",
           "2021-07-12T06:04:05+",
           "2021-07-12T06:04:05+02:75",
           "2021-07-12X06:04",
           "2021-07-12 draft",
           "-5",
           "-1626069845",
           "1e400",
           "99999999999999999999",
           "Mon, 12 Jul 2021 06:04:05 whatever it takes",
           "Mon, 12 Jul 2021 13:04:05 PM",
           "12 Jul Aug 2021",
           "12 Jul 2021 2022",
           "2021-07-12T06:04:05Z and more",
           "Jul 12 121",
           "(((((",
           "[",
           "Mon, 12 Jul 2021 06:04 (",
       }) {
    EXPECT_EQ(ParseTime(text), std::nullopt) << text;
  }
  EXPECT_EQ(ParseTime(std::string(10'000, '1')), std::nullopt);
}

TEST(ParseUnixTimeTest, ReadsJsonNumbers) {
  EXPECT_EQ(ParseUnixTime("1626069845"), kTime);
  EXPECT_EQ(ParseUnixTime("1626069845678"), kTime);
  EXPECT_EQ(ParseUnixTime("1.626069845e9"), kTime);
  EXPECT_EQ(ParseUnixTime("1626069845.9"), kTime);
  EXPECT_EQ(ParseUnixTime("99999999999"), 99999999999);
  EXPECT_EQ(ParseUnixTime("100000000000"), 100000000);
  EXPECT_EQ(ParseUnixTime("253402300799999"), 253402300799);
  EXPECT_EQ(ParseUnixTime("253402300800000"), std::nullopt);
  EXPECT_EQ(ParseUnixTime("-1"), std::nullopt);
  EXPECT_EQ(ParseUnixTime("1e99"), std::nullopt);
  EXPECT_EQ(ParseUnixTime("2021"), 2021);
}

TEST(FormatTimeTest, IsReadBack) {
  EXPECT_EQ(FormatTime(kTime), "2021-07-12T06:04:05Z");
  EXPECT_EQ(FormatTime(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatTime(253402300799), "9999-12-31T23:59:59Z");
  std::mt19937_64 random(1);
  for (int i = 0; i < 10'000; ++i) {
    const auto time = static_cast<std::int64_t>(random() % 253402300800);
    ASSERT_EQ(ParseTime(FormatTime(time)), time);
  }
}

TEST(ZoneOffsetTest, FoldsCase) {
  EXPECT_EQ(ZoneOffset("EST"), -5 * 3600);
  EXPECT_EQ(ZoneOffset("est"), -5 * 3600);
  EXPECT_EQ(ZoneOffset("IST"), 5 * 3600 + 1800);
  EXPECT_EQ(ZoneOffset("ZZZ"), std::nullopt);
  EXPECT_EQ(ZoneOffset(""), std::nullopt);
}

}  // namespace
}  // namespace samestory::io
