namespace Atoll.Footprint.Catalogs;

/// <summary>Something that a catalog does not have, or a catalog file that cannot be used: what, what it must be, what it was.</summary>
public sealed class CatalogException(string message) : Exception(message);
