using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>Adds up what crosses each link, so that one that is used twice is held, and paid for, once.</summary>
internal sealed class LinkTally(int capacity)
{
    private readonly List<LinkUse> _uses = new(capacity);

    public void Add(LinkInputs link, double bitsUp, double bitsDown)
    {
        for (int i = 0; i < _uses.Count; i++)
        {
            if (ReferenceEquals(_uses[i].Link, link))
            {
                _uses[i] = _uses[i] with { BitsUp = _uses[i].BitsUp + bitsUp, BitsDown = _uses[i].BitsDown + bitsDown };
                return;
            }
        }
        _uses.Add(new(link, bitsUp, bitsDown, 0));
    }

    /// <param name="heldSeconds">For which all are held.</param>
    public LinkUse[] Held(double heldSeconds) => [.. _uses.Select(u => u with { HeldSeconds = heldSeconds })];
}
