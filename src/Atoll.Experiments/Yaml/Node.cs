namespace Atoll.Experiments.Yaml;

/// <summary>A piece of a YAML document that knows where it was written.</summary>
internal abstract class Node(Place place)
{
    public Place Place { get; } = place;

    /// <summary>How a message shows the value: short, and never the whole mapping.</summary>
    public abstract string Shown { get; }

    public virtual bool IsNull => false;
}
