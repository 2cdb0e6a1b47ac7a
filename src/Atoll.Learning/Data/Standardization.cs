namespace Atoll.Learning.Data;

/// <summary>Whose mean and deviation each feature is shifted and scaled by; always fitted on training rows only.</summary>
public enum Standardization { PerSite, Pooled, None }
