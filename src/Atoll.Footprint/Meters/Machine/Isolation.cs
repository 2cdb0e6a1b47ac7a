namespace Atoll.Footprint.Meters.Machine;

/// <summary>Whether this is a machine in a machine, to which the outer one's meters are closed.</summary>
internal sealed record Isolation(bool IsContainer, bool IsVirtual)
{
    /// <summary>What follows a sentence on missing meters: <c>: this is a virtual machine</c>.</summary>
    public string Reason => (IsContainer, IsVirtual) switch
    {
        (true, true) => ": this is a container in a virtual machine, to which the machine's meters are closed",
        (true, false) => ": this is a container; mount /sys/class/powercap to open them",
        (false, true) => ": this is a virtual machine, to which the machine's meters are closed",
        _ => "",
    };

    /// <summary>Never throws: what cannot be read is taken to be none.</summary>
    public static Isolation Of(string root)
    {
        bool isContainer = File.Exists(Path.Combine(root, ".dockerenv")) || File.Exists(Path.Combine(root, "run", ".containerenv"));
        try
        {
            return new(isContainer, File.ReadLines(Path.Combine(root, "proc", "cpuinfo")).Where(l => l.StartsWith("flags", StringComparison.Ordinal)).Take(1)
                .Any(l => $"{l} ".Contains(" hypervisor ", StringComparison.Ordinal)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(isContainer, false);
        }
    }
}
