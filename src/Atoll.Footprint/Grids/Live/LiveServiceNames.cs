namespace Atoll.Footprint.Grids.Live;

/// <summary>What people call the services, and where they are.</summary>
internal static class LiveServiceNames
{
    public static string Title(this LiveService service) => service switch
    {
        LiveService.Uk => "the UK Carbon Intensity API",
        LiveService.ElectricityMaps => "Electricity Maps",
        LiveService.WattTime => "WattTime",
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, $"A live service must be a known one (was {service})."),
    };

    public static string Site(this LiveService service) => service switch
    {
        LiveService.Uk => "https://carbonintensity.org.uk",
        LiveService.ElectricityMaps => "https://www.electricitymaps.com",
        _ => "https://watttime.org",
    };
}
