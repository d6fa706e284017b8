# The table of word counts that is part of the library (docs/split.md says where it comes from).
set(samestory_background ${CMAKE_CURRENT_SOURCE_DIR}/data/background.bin)
target_sources(samestory_text PRIVATE background_data.cc)
set_source_files_properties(background_data.cc PROPERTIES
  COMPILE_DEFINITIONS SAMESTORY_BACKGROUND_FILE="${samestory_background}"
  OBJECT_DEPENDS ${samestory_background})
