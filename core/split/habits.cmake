# The table of the frame's words that is part of the library (docs/split.md says where it comes from).
set(samestory_frame_habits ${CMAKE_CURRENT_SOURCE_DIR}/data/frame_habits.bin)
target_sources(samestory_split PRIVATE frame_habits_data.cc)
set_source_files_properties(frame_habits_data.cc PROPERTIES
  COMPILE_DEFINITIONS SAMESTORY_FRAME_HABITS_FILE="${samestory_frame_habits}"
  OBJECT_DEPENDS ${samestory_frame_habits})
