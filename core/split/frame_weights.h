#ifndef SAMESTORY_SPLIT_FRAME_WEIGHTS_H_
#define SAMESTORY_SPLIT_FRAME_WEIGHTS_H_

#include "split/frame.h"

namespace samestory {

/// What each feature adds to the log-odds of a page having a frame, in the order of
/// kGateFeatureNames. Written, like the tables below, by `samestory_quality fit-frame`; docs/split.md
/// says how and on what.
inline constexpr GateFeatures kGateWeights = {
    -4.0581f,  // one
    4.7144f,  // scraps
    -0.1351f,  // log_scraps
    -1.0630f,  // prose_lines
    -0.7291f,  // closed
    0.9128f,  // log_longest_run
    1.5593f,  // log_opening_run
    -0.7907f,  // log_lines
    3.1456f,  // scraps_in_8
    2.5517f,  // open_in_8
    0.4790f,  // prose_words
};

/// The same once the lines are read, those of kReadGateNames behind; and for text with markup.
inline constexpr ReadGateFeatures kReadGateWeights = {
    -0.8085f,  // one
    4.4949f,  // scraps
    -0.1837f,  // log_scraps
    0.5425f,  // prose_lines
    -0.3311f,  // closed
    0.2350f,  // log_longest_run
    1.0682f,  // log_opening_run
    -0.8693f,  // log_lines
    1.2359f,  // scraps_in_8
    0.9849f,  // open_in_8
    -1.6559f,  // prose_words
    0.9031f,  // frame_lines
    -0.2003f,  // log_frame_lines
    3.2764f,  // sure_lines
    0.3869f,  // log_sure_lines
    0.0177f,  // log_longest_frame
    -4.1143f,  // opening_story
    -0.5974f,  // closing_story
    4.1008f,  // story_words
    -1.8588f,  // least_story
};
inline constexpr ReadGateFeatures kReadGateMarkupWeights = {
    -1.3104f,  // one
    4.5814f,  // scraps
    -0.1416f,  // log_scraps
    0.2104f,  // prose_lines
    -0.8097f,  // closed
    0.2497f,  // log_longest_run
    1.1609f,  // log_opening_run
    -0.7811f,  // log_lines
    1.4167f,  // scraps_in_8
    1.0460f,  // open_in_8
    -1.7915f,  // prose_words
    -0.0022f,  // frame_lines
    -0.3198f,  // log_frame_lines
    4.2282f,  // sure_lines
    0.4351f,  // log_sure_lines
    0.0295f,  // log_longest_frame
    -3.7500f,  // opening_story
    -0.2919f,  // closing_story
    3.9753f,  // story_words
    -1.6793f,  // least_story
};

/// What each feature adds to the log-odds of a line being story, in the order of
/// FrameFeatureNames(): in the first and the second pass over text alone, and over text with markup.
inline constexpr FrameWeight kFrameWeights[] = {
    {"one", -1.5263f, 2.2680f, -2.2254f, 1.8778f},
    {"log_words", 0.4405f, 0.5845f, 0.4554f, 0.6330f},
    {"log_words_over_4", -0.6806f, -0.8877f, -0.5469f, -0.6884f},
    {"log_words_over_11", 0.1199f, 0.0726f, 0.0885f, -0.0296f},
    {"log_words_over_29", -0.2719f, -0.4840f, -0.4770f, -0.7841f},
    {"stop", 0.1879f, 0.5034f, 0.0938f, 0.3528f},
    {"stop_log_words", 0.0358f, 0.0668f, 0.0271f, 0.0591f},
    {"stop_log_words_over_9", 0.0926f, 0.1539f, 0.1439f, 0.2608f},
    {"mark", 0.1611f, 0.2515f, 0.0833f, 0.1257f},
    {"mark_log_words_over_6", 0.1133f, 0.2231f, 0.2011f, 0.3676f},
    {"continued", 0.5323f, 0.9340f, 0.4506f, 0.7817f},
    {"continued_log_words_over_6", 0.1492f, 0.3800f, 0.1474f, 0.3681f},
    {"separator", 0.5453f, 0.8526f, 0.4158f, 0.6778f},
    {"speech", 0.5319f, 0.9609f, 0.4944f, 0.9062f},
    {"common", -0.3919f, -0.3192f, -0.2538f, -0.1157f},
    {"common_log_words", 0.2463f, 0.3103f, 0.1840f, 0.2181f},
    {"no_common", 0.0243f, 0.0601f, -0.0793f, -0.1152f},
    {"open_common", 0.3471f, 0.4280f, 0.2066f, 0.2089f},
    {"numbers", 1.1869f, 1.3836f, 0.9302f, 1.2068f},
    {"mostly_numbers", 0.0174f, -0.1791f, 0.1239f, -0.0427f},
    {"title_case", -1.0296f, -1.3325f, -0.8988f, -1.1983f},
    {"title_case_log_words", -0.2192f, -0.3957f, -0.0620f, -0.1338f},
    {"commas", 0.7012f, 1.1579f, 0.7267f, 1.1734f},
    {"copies", -0.2759f, -0.4133f, -0.2226f, -0.3297f},
    {"stop_copies", -0.2882f, -0.4004f, -0.5308f, -0.7450f},
    {"core", 0.7403f, 0.9457f, 0.7716f, 0.8584f},
    {"core_log_words", 0.1468f, 0.2370f, 0.1012f, 0.1993f},
    {"open_core", 0.8113f, 1.3835f, 0.6421f, 1.1609f},
    {"in_core", 0.4363f, 0.6414f, 0.3856f, 0.5546f},
    {"open_in_core", -0.7243f, -0.7425f, -0.5567f, -0.6694f},
    {"scrap_in_core", 0.1797f, 0.2287f, 0.1880f, 0.2630f},
    {"lines_before_core", -0.0144f, -0.0018f, -0.0207f, -0.0233f},
    {"lines_after_core", 0.1449f, 0.1366f, 0.1308f, 0.1518f},
    {"before_core", 0.6225f, 0.5759f, 0.5835f, 0.6542f},
    {"stop_lines_before_core", 0.2292f, 0.2974f, 0.1544f, 0.2141f},
    {"stop_lines_after_core", 0.1925f, 0.2586f, 0.0699f, 0.1088f},
    {"in_wide", 0.7266f, 0.8727f, 0.5916f, 0.7463f},
    {"open_in_wide", -0.2397f, -0.3709f, -0.1919f, -0.3091f},
    {"in_loose", 0.5610f, 0.7031f, 0.5265f, 0.6872f},
    {"open_in_loose", -0.1744f, -0.1766f, -0.0561f, 0.0131f},
    {"scrap_in_loose", 0.0377f, -0.0907f, 0.0592f, 0.0085f},
    {"in_dense", 0.3764f, 0.4752f, 0.3775f, 0.4569f},
    {"open_in_dense", -0.2442f, -0.2973f, -0.2982f, -0.3984f},
    {"position", 0.8746f, 0.8524f, 0.8346f, 0.9192f},
    {"log_lines_before", 0.1944f, 0.2094f, 0.2366f, 0.2483f},
    {"log_lines_after", 0.3630f, 0.3677f, 0.3222f, 0.3382f},
    {"open_log_lines_after", -0.0406f, -0.0216f, -0.0144f, 0.0105f},
    {"prose_before_1", 0.0541f, 0.0739f, 0.1083f, 0.1129f},
    {"prose_after_1", 0.2161f, 0.3886f, 0.1324f, 0.2190f},
    {"prose_around_1", 0.1504f, 0.2411f, -0.0231f, -0.0299f},
    {"scraps_before_1", -0.0763f, -0.0917f, -0.0715f, -0.0889f},
    {"scraps_after_1", -0.1253f, -0.1793f, -0.1143f, -0.1573f},
    {"open_before_1", 0.0203f, 0.0209f, 0.0135f, -0.0002f},
    {"open_after_1", -0.0044f, -0.0306f, -0.0257f, -0.0570f},
    {"prose_before_2", 0.0934f, 0.1501f, 0.0813f, 0.1745f},
    {"prose_after_2", 0.0532f, 0.0418f, 0.0651f, 0.0750f},
    {"prose_before_4", -0.3638f, -0.2715f, -0.1998f, -0.0759f},
    {"prose_after_4", -0.6243f, -0.5951f, -0.5749f, -0.5802f},
    {"scraps_before_4", -0.2411f, -0.4743f, -0.1774f, -0.3819f},
    {"scraps_after_4", -0.1648f, -0.2389f, -0.1948f, -0.3146f},
    {"closed_before_4", 0.2664f, 0.2931f, 0.2208f, 0.2715f},
    {"closed_after_4", 0.2982f, 0.3111f, 0.2120f, 0.2041f},
    {"open_before_4", 0.0513f, 0.0256f, 0.0553f, 0.0252f},
    {"open_after_4", -0.0833f, -0.1542f, -0.0156f, -0.0478f},
    {"common_before_4", -1.1977f, -1.7215f, -1.2559f, -1.8679f},
    {"common_after_4", -0.8791f, -1.1286f, -0.9968f, -1.3182f},
    {"core_before_4", 0.1364f, 0.2891f, 0.2081f, 0.3864f},
    {"core_after_4", 0.0362f, 0.0524f, 0.1130f, 0.1794f},
    {"running_before_3", 0.0252f, 0.0898f, 0.0154f, 0.0613f},
    {"running_after_3", 0.0124f, 0.0813f, 0.0446f, 0.1178f},
    {"running_before_8", 0.6490f, 0.7918f, 0.5690f, 0.7529f},
    {"running_after_8", 0.6499f, 0.7534f, 0.5097f, 0.6626f},
    {"prose_before_12", 0.3837f, 0.6508f, 0.2862f, 0.5532f},
    {"prose_after_12", 0.1226f, 0.2408f, 0.0388f, 0.1935f},
    {"scraps_before_12", -0.2367f, -0.3129f, -0.1099f, -0.1975f},
    {"scraps_after_12", 0.1953f, 0.2909f, 0.2585f, 0.3552f},
    {"core_before_12", 1.4209f, 2.1371f, 1.1778f, 2.0492f},
    {"core_after_12", 0.7070f, 1.0534f, 0.3189f, 0.6871f},
    {"common_before_12", -1.4780f, -2.0346f, -1.0245f, -1.5183f},
    {"common_after_12", -0.6147f, -0.7713f, -0.2696f, -0.3504f},
    {"prose_before_40", 0.2066f, -0.1690f, 0.0911f, -0.1619f},
    {"prose_after_40", 0.5894f, 0.6257f, 0.8348f, 0.9788f},
    {"core_before_40", 0.8636f, 0.7960f, 0.7991f, 1.0167f},
    {"core_after_40", 0.7062f, 0.6384f, 0.5122f, 0.6755f},
    {"scraps_before_40", 0.2508f, 0.4504f, 0.2427f, 0.4413f},
    {"scraps_after_40", -0.3947f, -0.3106f, -0.3124f, -0.2481f},
    {"density", -0.0979f, 0.1915f, 0.2342f, 0.4216f},
    {"open_density", 0.0753f, 0.1067f, 0.0678f, 0.1582f},
    {"scrap_prose_around_2", -0.2622f, -0.3207f, -0.1863f, -0.2518f},
    {"open_prose_around_4", -0.1459f, -0.2246f, 0.1854f, 0.2942f},
    {"stop_alone", -0.4283f, -0.5193f, -0.4110f, -0.5372f},
    {"words_before", -0.0753f, 0.0368f, -0.0817f, -0.0110f},
    {"words_after", -0.2558f, -0.3185f, -0.2190f, -0.3028f},
    {"words_around", 0.1585f, 0.1213f, 0.1402f, 0.1113f},
    {"open_words_around", 0.1136f, 0.1497f, 0.0915f, 0.1305f},
    {"edge_share", 2.4806f, 1.6405f, 1.6764f, 1.2201f},
    {"no_words_before", -0.3991f, -0.5911f, -0.5321f, -0.6826f},
    {"no_words_after", 0.7176f, 0.6761f, 0.3145f, 0.3666f},
    {"to_prose_before", 0.0328f, 0.0466f, 0.0376f, 0.0500f},
    {"to_prose_after", -0.0080f, -0.0339f, 0.0328f, 0.0064f},
    {"to_farther_prose", 0.0572f, 0.0630f, 0.0471f, 0.0475f},
    {"to_nearer_prose", -0.0414f, -0.0622f, 0.0273f, 0.0109f},
    {"open_to_farther_prose", 0.0365f, 0.0104f, 0.0859f, 0.0871f},
    {"scrap_to_farther_prose", -0.0797f, -0.1179f, -0.0943f, -0.1477f},
    {"same_first_word", -0.3189f, -0.4863f, -0.1457f, -0.1896f},
    {"step_after", 0.0310f, 0.0610f, 0.0069f, 0.0219f},
    {"step_before", -0.0159f, -0.0398f, -0.0381f, -0.0707f},
    {"habit", -0.0694f, -0.1100f, -0.0601f, -0.1214f},
    {"habit_log_words", -0.3090f, -0.5294f, -0.2493f, -0.4314f},
    {"scrap_habit", 0.0713f, 0.1255f, 0.0408f, 0.0589f},
    {"habit_sum", -0.0188f, -0.0302f, -0.0263f, -0.0390f},
    {"habit_sum_log_words", 0.0011f, 0.0016f, 0.0015f, 0.0014f},
    {"habit_most", -0.1300f, -0.2035f, -0.1404f, -0.2147f},
    {"habit_least", -0.0237f, -0.0532f, -0.0251f, -0.0452f},
    {"habit_first", -0.0611f, -0.1006f, -0.0378f, -0.0520f},
    {"habit_before_1", -0.1867f, -0.2854f, -0.2002f, -0.2865f},
    {"habit_after_1", -0.0708f, -0.1080f, -0.0305f, -0.0646f},
    {"habit_before_2", 0.0389f, 0.0947f, 0.0587f, 0.0946f},
    {"habit_after_2", -0.1722f, -0.2469f, -0.2333f, -0.3449f},
    {"habit_before_5", -0.3665f, -0.6114f, -0.2974f, -0.5612f},
    {"habit_after_5", -0.3423f, -0.5100f, -0.2834f, -0.4612f},
    {"habit_before_15", -0.4181f, -0.5310f, -0.3369f, -0.5274f},
    {"habit_after_15", -0.5176f, -0.5728f, -0.4249f, -0.5878f},
    {"habit_sum_before_3", -0.0112f, -0.0148f, -0.0096f, -0.0129f},
    {"habit_sum_after_3", -0.0181f, -0.0252f, -0.0181f, -0.0260f},
    {"habit_sum_before_10", -0.0259f, -0.0417f, -0.0228f, -0.0382f},
    {"habit_sum_after_10", -0.0258f, -0.0340f, -0.0250f, -0.0366f},
    {"habit_sum_before_40", -0.0025f, 0.0198f, -0.0125f, -0.0006f},
    {"habit_sum_after_40", 0.0094f, 0.0261f, 0.0124f, 0.0280f},
    {"page_habit", -1.4945f, -1.7888f, -1.1258f, -1.6015f},
    {"page_habit_sum", 0.2703f, 0.3007f, 0.2418f, 0.3034f},
    {"words_title", 0.3054f, 0.4826f, 0.2520f, 0.4359f},
    {"title_most", -0.0012f, 0.0471f, 0.1194f, 0.2543f},
    {"title_least", -0.1609f, -0.2324f, -0.1662f, -0.2466f},
    {"words_opening", 0.2825f, 0.5125f, 0.3234f, 0.5564f},
    {"known_titles", 0.3122f, 0.4998f, 0.2700f, 0.4202f},
    {"words_idf", 0.0507f, 0.0756f, 0.0619f, 0.0890f},
    {"words_weight", 0.0272f, 0.0509f, 0.0251f, 0.0537f},
    {"first_title", -0.0472f, -0.1010f, -0.0465f, -0.1116f},
    {"first_opening", 0.0908f, 0.1457f, 0.0552f, 0.0891f},
    {"first_idf", -0.0098f, -0.0135f, -0.0038f, -0.0045f},
    {"page_no_prose", -0.2191f, -0.6493f, 0.0891f, -0.5849f},
    {"page_prose_lines", 2.1862f, 1.7055f, 1.6416f, 1.3198f},
    {"page_mostly_prose", -1.8352f, -1.2671f, -1.8072f, -1.2969f},
    {"page_prose_words", 0.4462f, 0.8578f, 0.1428f, 0.3424f},
    {"page_scraps", -2.0176f, -1.7386f, -1.8535f, -1.8188f},
    {"page_log_lines", -0.1858f, -0.2333f, -0.2193f, -0.3833f},
    {"page_clean", 0.3443f, 0.9674f, 0.5216f, 1.0827f},
    {"page_clean_prose_words", 0.8148f, 0.8403f, 0.2874f, 0.2653f},
    {"open_page_clean", 0.7017f, 1.3757f, 0.7782f, 1.6813f},
    {"open_page_prose_words", 0.2499f, -0.0185f, 0.1836f, -0.2310f},
    {"scrap_page_prose_words", 0.0688f, 0.2297f, 0.0686f, 0.2162f},
    {"page_core_share", 1.1667f, 1.0236f, 0.9926f, 1.0410f},
    {"page_log_core", -0.2609f, -0.3069f, -0.1704f, -0.2190f},
    {"log_words * page_scraps", 0.5683f, 0.9160f, 0.4436f, 0.6824f},
    {"log_words * page_log_lines", -0.0575f, -0.0645f, -0.0493f, -0.0522f},
    {"log_words * to_prose_before", 0.0575f, 0.0973f, 0.0689f, 0.1276f},
    {"log_words * numbers", 0.0150f, 0.1329f, 0.0799f, 0.2333f},
    {"log_words * copies", -0.3048f, -0.5082f, -0.2942f, -0.4879f},
    {"log_words * open_after_4", 0.0433f, 0.0760f, 0.0362f, 0.0630f},
    {"in_core * words_around", -0.0506f, -0.0755f, -0.0319f, -0.0402f},
    {"in_core * page_scraps", 0.8835f, 0.7376f, 0.3315f, 0.1386f},
    {"in_core * core_after_12", 1.5392f, 1.7429f, 1.2279f, 1.4222f},
    {"core * page_prose_words", 0.9262f, 1.4382f, 0.7551f, 1.2242f},
    {"core * page_log_lines", -0.2196f, -0.2926f, -0.2165f, -0.2771f},
    {"core * core_before_12", -0.8706f, -1.4097f, -0.4365f, -0.9398f},
    {"title_case * title_case", 2.0957f, 3.5482f, 2.0437f, 3.4891f},
    {"title_case * page_log_lines", 0.0462f, 0.0143f, 0.0161f, -0.0178f},
    {"words_around * page_log_lines", -0.0049f, -0.0085f, -0.0063f, -0.0056f},
    {"words_around * to_prose_after", 0.0601f, 0.0782f, 0.0481f, 0.0765f},
    {"words_around * to_prose_before", -0.0196f, -0.0206f, -0.0203f, -0.0126f},
    {"words_around * running_before_8", -0.1676f, -0.2133f, -0.1613f, -0.2225f},
    {"words_around * running_after_8", -0.1653f, -0.2089f, -0.1461f, -0.2018f},
    {"words_around * edge_share", -0.2670f, -0.2483f, -0.2984f, -0.3195f},
    {"words_around * position", -0.0900f, -0.1342f, -0.0884f, -0.1454f},
    {"page_prose_words * page_prose_words", 0.0345f, 0.3220f, -0.1296f, 0.2347f},
    {"page_prose_words * page_scraps", -2.3793f, -2.3755f, -0.7598f, -0.8408f},
    {"page_prose_words * page_log_lines", -0.0471f, -0.0564f, -0.0710f, -0.0622f},
    {"page_prose_words * to_prose_after", -0.4981f, -0.5597f, -0.5433f, -0.7137f},
    {"page_prose_words * to_prose_before", -0.3531f, -0.4258f, -0.3719f, -0.5434f},
    {"page_prose_words * open_after_4", 0.2821f, 0.3208f, 0.1772f, 0.1297f},
    {"page_prose_words * core_after_12", 0.3640f, 0.2538f, 0.3576f, 0.3000f},
    {"page_prose_words * edge_share", 1.9110f, 2.2774f, 1.3348f, 1.6366f},
    {"page_scraps * page_scraps", 1.7195f, 1.7326f, 1.3261f, 1.5429f},
    {"page_scraps * density", -0.1034f, -0.6290f, -0.3511f, -0.7870f},
    {"page_scraps * to_prose_after", -0.0471f, -0.0308f, -0.0149f, -0.0253f},
    {"page_scraps * to_prose_before", 0.1580f, 0.1936f, 0.1397f, 0.1685f},
    {"page_scraps * numbers", -0.2312f, -0.0914f, -0.0994f, -0.1310f},
    {"page_scraps * edge_share", -1.4759f, -0.9669f, 0.2005f, 1.0568f},
    {"page_log_lines * position", -0.1286f, -0.0667f, -0.1823f, -0.1399f},
    {"density * position", 0.8453f, 0.7954f, 0.8372f, 0.9841f},
    {"to_prose_after * open_before_4", -0.0678f, -0.0836f, -0.0410f, -0.0368f},
    {"to_prose_after * open_after_4", -0.0403f, -0.0473f, -0.0365f, -0.0363f},
    {"numbers * numbers", -1.5372f, -1.9810f, -1.5399f, -2.0639f},
    {"copies * copies", 0.1577f, 0.2234f, 0.1409f, 0.1929f},
    {"open_before_4 * open_after_4", 0.1160f, 0.1428f, 0.0871f, 0.1038f},
    {"open_before_4 * core_after_12", 0.5345f, 0.7461f, 0.5581f, 0.8597f},
    {"core_before_12 * core_before_12", -1.1026f, -1.6420f, -0.8481f, -1.5505f},
    {"core_after_12 * core_after_12", -2.3454f, -3.0062f, -1.6674f, -2.5766f},
    {"edge_share * edge_share", -0.9312f, -1.0660f, -0.0934f, -0.3016f},
    {"edge_share * position", 1.8440f, 2.2494f, 1.7313f, 2.2087f},
    {"position * position", -1.6463f, -1.7477f, -1.4946f, -1.9114f},
    {"paragraph", 0.0000f, 0.0000f, 1.1366f, 1.6478f},
    {"heading", 0.0000f, 0.0000f, 1.1646f, 1.9273f},
    {"list_item", 0.0000f, 0.0000f, -0.2066f, -0.1892f},
    {"cell", 0.0000f, 0.0000f, -0.4378f, -0.6391f},
    {"caption", 0.0000f, 0.0000f, -1.6249f, -2.9499f},
    {"quote", 0.0000f, 0.0000f, 1.3229f, 1.8493f},
    {"open_paragraph", 0.0000f, 0.0000f, -0.4249f, -0.4522f},
    {"scrap_paragraph", 0.0000f, 0.0000f, 0.2719f, 0.3323f},
    {"stop_list_item", 0.0000f, 0.0000f, 0.0513f, -0.0578f},
    {"low_heading", 0.0000f, 0.0000f, -0.0929f, -0.2384f},
    {"heading_in_core", 0.0000f, 0.0000f, 0.4296f, 0.7847f},
    {"list_item_in_core", 0.0000f, 0.0000f, 0.6363f, 1.0728f},
    {"stop_unknown", 0.0000f, 0.0000f, 0.8645f, 1.1449f},
    {"links", 0.0000f, 0.0000f, 0.6791f, 0.8713f},
    {"all_links", 0.0000f, 0.0000f, -0.2746f, -0.2885f},
    {"stop_links", 0.0000f, 0.0000f, 0.1768f, 0.4942f},
    {"links_in_core", 0.0000f, 0.0000f, -0.3910f, -0.7170f},
    {"links_log_words", 0.0000f, 0.0000f, -0.4185f, -0.7258f},
    {"list_item_without_links", 0.0000f, 0.0000f, 1.2464f, 1.7272f},
    {"heading_links", 0.0000f, 0.0000f, -0.0677f, 0.0105f},
    {"links_before_1", 0.0000f, 0.0000f, -0.0577f, -0.0612f},
    {"links_after_1", 0.0000f, 0.0000f, -0.1520f, -0.2597f},
    {"links_before_4", 0.0000f, 0.0000f, -0.1734f, -0.3058f},
    {"links_after_4", 0.0000f, 0.0000f, -0.1601f, -0.1968f},
    {"links_before_12", 0.0000f, 0.0000f, -0.1898f, -0.2539f},
    {"links_after_12", 0.0000f, 0.0000f, -0.0316f, 0.0584f},
    {"first", 0.0000f, -1.9686f, 0.0000f, -1.6835f},
    {"first_before_1", 0.0000f, 0.2688f, 0.0000f, 0.3957f},
    {"first_after_1", 0.0000f, 0.1450f, 0.0000f, 0.1994f},
    {"first_before_3", 0.0000f, 0.1528f, 0.0000f, 0.1086f},
    {"first_after_3", 0.0000f, 0.2006f, 0.0000f, 0.2112f},
    {"first_before_8", 0.0000f, 0.0556f, 0.0000f, 0.0116f},
    {"first_after_8", 0.0000f, 0.4530f, 0.0000f, 0.3166f},
    {"first_before_25", 0.0000f, 0.4598f, 0.0000f, 0.2701f},
    {"first_after_25", 0.0000f, -0.0668f, 0.0000f, -0.1432f},
    {"first_around_3", 0.0000f, -0.6029f, 0.0000f, -0.4257f},
    {"first_around_8", 0.0000f, 0.1896f, 0.0000f, 0.2199f},
    {"first_likely", 0.0000f, -0.0207f, 0.0000f, 0.1081f},
    {"first_in_likely", 0.0000f, 0.2517f, 0.0000f, 0.8010f},
    {"first_loose", 0.0000f, 0.1357f, 0.0000f, 0.1192f},
    {"first_lines_before", 0.0000f, -0.2849f, 0.0000f, -0.1804f},
    {"first_lines_after", 0.0000f, 0.0027f, 0.0000f, 0.0640f},
    {"first_lines_around", 0.0000f, 0.1901f, 0.0000f, 0.0755f},
    {"first_share", 0.0000f, 2.0065f, 0.0000f, 1.1177f},
    {"first_largest", 0.0000f, -5.3029f, 0.0000f, -5.4820f},
    {"first_odds", 0.0000f, -0.1927f, 0.0000f, -0.2292f},
    {"first_log_words", 0.0000f, -0.1854f, 0.0000f, -0.2274f},
    {"first_before_2", 0.0000f, 0.1038f, 0.0000f, 0.0502f},
    {"first_after_2", 0.0000f, 0.0831f, 0.0000f, 0.0575f},
    {"first_before_5", 0.0000f, 0.2486f, 0.0000f, 0.2599f},
    {"first_after_5", 0.0000f, 0.1367f, 0.0000f, 0.0808f},
    {"first_before_15", 0.0000f, -0.0690f, 0.0000f, -0.0606f},
    {"first_after_15", 0.0000f, 0.0931f, 0.0000f, 0.0597f},
    {"first_before_40", 0.0000f, 0.7653f, 0.0000f, 0.5549f},
    {"first_after_40", 0.0000f, 0.6079f, 0.0000f, 0.5639f},
    {"first_odds_before_1", 0.0000f, 0.0224f, 0.0000f, 0.0196f},
    {"first_odds_after_1", 0.0000f, 0.0380f, 0.0000f, 0.0104f},
    {"first_odds_before_2", 0.0000f, -0.0061f, 0.0000f, -0.0302f},
    {"first_odds_after_2", 0.0000f, 0.0108f, 0.0000f, -0.0052f},
    {"first_odds_before_4", 0.0000f, -0.0143f, 0.0000f, -0.0324f},
    {"first_odds_after_4", 0.0000f, -0.0152f, 0.0000f, -0.0185f},
    {"first_odds_before_8", 0.0000f, -0.0663f, 0.0000f, -0.0642f},
    {"first_odds_after_8", 0.0000f, -0.0443f, 0.0000f, -0.0420f},
    {"first_share_of_words", 0.0000f, -1.6420f, 0.0000f, -1.0226f},
    {"first_odds_share", 0.0000f, 0.0823f, 0.0000f, 0.0101f},
    {"open_first_odds", 0.0000f, -0.1706f, 0.0000f, -0.2117f},
    {"open_first_share", 0.0000f, 0.8097f, 0.0000f, 0.7083f},
    {"first_low", 0.0000f, 0.0452f, 0.0000f, 0.2941f},
    {"open_first_low", 0.0000f, -0.1750f, 0.0000f, -0.1217f},
    {"first_odds_low", 0.0000f, -0.1842f, 0.0000f, -0.1127f},
    {"first_middle", 0.0000f, 0.1308f, 0.0000f, -0.2229f},
    {"open_first_middle", 0.0000f, 0.1137f, 0.0000f, -0.0526f},
    {"first_odds_middle", 0.0000f, -0.0767f, 0.0000f, -0.1278f},
    {"first_high", 0.0000f, 0.5506f, 0.0000f, 0.0568f},
    {"open_first_high", 0.0000f, -0.1200f, 0.0000f, 0.1441f},
    {"first_odds_high", 0.0000f, 0.0395f, 0.0000f, 0.1356f},
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_WEIGHTS_H_
