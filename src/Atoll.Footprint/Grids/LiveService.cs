using System.Text.Json.Serialization;

namespace Atoll.Footprint.Grids;

/// <summary>The live services of grid intensity that Atoll can ask. Keys are taken from the environment.</summary>
public enum LiveService
{
    /// <summary>carbonintensity.org.uk: Great Britain, no key.</summary>
    Uk,

    /// <summary>Electricity Maps, with ELECTRICITY_MAPS_KEY.</summary>
    ElectricityMaps,

    /// <summary>WattTime, with WATTTIME_USER and WATTTIME_PASSWORD: marginal intensity.</summary>
    [JsonStringEnumMemberName("watttime")]
    WattTime,
}
