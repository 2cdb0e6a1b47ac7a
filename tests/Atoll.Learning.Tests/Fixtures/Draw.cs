namespace Atoll.Learning.Tests.Fixtures;

/// <summary>Numbers that the tests and <c>make_fixtures.py</c> both compute, exact in 32-bit floats.</summary>
internal static class Draw
{
    /// <summary><paramref name="count"/> numbers in [−½, ½) · <paramref name="scale"/>.</summary>
    public static float[] Numbers(int count, uint salt, float scale = 1)
    {
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            uint h = unchecked((uint)i * 2654435761u + salt * 0x9E3779B9u);
            h ^= h >> 15;
            h = unchecked(h * 2246822519u);
            h ^= h >> 13;
            numbers[i] = ((h >> 8) / (float)(1 << 24) - 0.5f) * scale;
        }
        return numbers;
    }
}
