#pragma once

// What ggml's Vulkan back end uses of VK_EXT_layer_settings, for headers that are older than it (Debian 12 has 1.3.239; it came
// with 1.3.272). cmake/whisper.cmake puts it in front of ggml-vulkan.cpp. The layout is the specification's.
#include <cstdint>
#include <vector>

namespace vk {

enum class LayerSettingTypeEXT : std::int32_t { eBool32 = 0 };

struct LayerSettingEXT {
    const char* pLayerName;
    const char* pSettingName;
    LayerSettingTypeEXT type;
    std::uint32_t valueCount;
    const void* pValues;
};

struct LayerSettingsCreateInfoEXT {
    explicit LayerSettingsCreateInfoEXT(const std::vector<LayerSettingEXT>& settings)
        : settingCount{static_cast<std::uint32_t>(settings.size())}, pSettings{settings.data()} {}
    std::int32_t sType = 1000496000;
    const void* pNext = nullptr;
    std::uint32_t settingCount;
    const LayerSettingEXT* pSettings;
};

}  // namespace vk
