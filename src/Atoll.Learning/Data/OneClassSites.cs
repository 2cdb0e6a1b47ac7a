namespace Atoll.Learning.Data;

/// <summary>What to do with a site of a natural split whose training rows all have one label.</summary>
public enum OneClassSites { Refuse, Allow }
